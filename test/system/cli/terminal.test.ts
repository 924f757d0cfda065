import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { beforeAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { type Program, root, startProgram } from "../../support/process/program.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();
const cache = `tenant-${"c".repeat(121)}`;
const name = `connector-${"w".repeat(118)}`;
const event = `order.${"e".repeat(122)}`;
const webhook = `${cache}/${name}`;
const columns = 80;
const esc = "\u001b";
const color = new RegExp(`${esc}\\[\\d`);

let messageId: string;

beforeAll(async () => {
  cli.status = 500;
  const url = `${cli.receiver.url}/${"p".repeat(100)}`;
  await cli.hookcast.done("webhooks", "put", webhook, "--topic", "t".repeat(128), "--url", url);
  const publish = ["publish", `${cache}/${"t".repeat(128)}`, "1", "--event", event];
  messageId = (await cli.hookcast.done(...publish)).trim();
  await eventually(async () => (await cli.hookcast.run(["status"])).exitCode === 9);
});

/** A command at a terminal of 80 columns. */
function startAtTerminal(args: readonly string[], env: Record<string, string> = {}): Program {
  const { url: HOOKCAST_URL, key: HOOKCAST_KEY, dataDir: XDG_CONFIG_HOME } = cli.service;
  const command = [process.execPath, "cli/main.ts", ...args].map((word) => `'${word}'`).join(" ");
  const options = ["--quiet", "--return", "--command"];
  const sized = `stty cols ${columns} rows 50; exec ${command}`;
  return startProgram("script", [...options, sized, "/dev/null"], {
    cwd: root,
    env: { ...process.env, TERM: "xterm", HOOKCAST_URL, HOOKCAST_KEY, XDG_CONFIG_HOME, ...env },
  });
}

/** What such a terminal is sent. */
async function atTerminal(...command: Parameters<typeof startAtTerminal>): Promise<string> {
  await using terminal = startAtTerminal(...command);
  await terminal.exited;
  return terminal.stdout().replaceAll("\r\n", "\n");
}

const tables: readonly (readonly string[])[] = [
  ["status"],
  ["webhooks", "list"],
  ["webhooks", "list", "--health"],
  ["webhooks", "list", cache, "--health"],
  ["deliveries", "list", webhook],
  ["messages", "list", cache],
  ["messages", "deliveries", cache, "msg"],
  ["caches", "list"],
  ["stats", webhook],
];

test.for(tables)("`%s` `%s` fits a terminal, and is whole in a pipe", async (args) => {
  const command = args.map((arg) => (arg === "msg" ? messageId : arg));
  const shown = await atTerminal(command);
  expect(shown).toMatch(color);
  const lines = stripVTControlCharacters(shown).trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
  for (const id of shown.match(/(msg|whk)_\w*…/g) ?? []) expect.fail(`${id} is cut`);

  const piped = (await cli.hookcast.run(command)).stdout;
  expect(piped).not.toMatch(color);
  expect(piped).not.toContain("…");
  const titles = (text: string) => text.split("\n", 1)[0]?.split(/ {2,}/) ?? [];
  expect(titles(piped)).toEqual(expect.arrayContaining(titles(lines.join("\n"))));
  if (!["stats", "caches"].includes(args[0] ?? ""))
    expect(piped).toMatch(/w{118}|(whk|msg)_\w{26}/);
});

test("a line of `tail` is one line of the terminal", async () => {
  await using terminal = startAtTerminal(["deliveries", "tail", webhook, "--since", "1h"]);
  await eventually(() => terminal.stdout().includes(messageId));
  const lines = stripVTControlCharacters(terminal.stdout()).split(/\r?\n/);
  const told = lines.find((line) => line.includes(messageId)) ?? "";
  expect(told).toMatch(/^\d\d:\d\d:\d\dZ {2}msg_\w{26} {2}retrying {2}attempt \d {2}HTTP 500/);
  expect(stringWidth(told)).toBeLessThanOrEqual(columns);
});

test("colours are for terminals, unless somebody says otherwise", async () => {
  expect(await atTerminal(["status"], { NO_COLOR: "1" })).not.toMatch(color);
  expect(await atTerminal(["status"], { TERM: "dumb" })).not.toMatch(color);
  expect(await atTerminal(["status", "--color", "never"])).not.toMatch(color);
  expect(await atTerminal(["--no-color", "status"])).not.toMatch(color);
  expect(await atTerminal(["status", "--json"])).not.toMatch(color);
  expect(await atTerminal(["help"])).toMatch(color);
  expect(await atTerminal(["help"], { NO_COLOR: "1" })).not.toMatch(color);
  const piped = await cli.hookcast.run(["status", "--color", "always"]);
  expect(piped.stdout).toMatch(new RegExp(`${esc}\\[31m(failing|held)${esc}\\[39m`));
  expect(piped.stderr).toContain(`${esc}[31mhookcast:${esc}[39m failing or held`);
  const json = await cli.hookcast.run(["status", "--json", "--color", "always"]);
  expect(json.stdout + json.stderr).not.toMatch(color);
  const unknown = await cli.hookcast.run(["status", "--color", "sometimes"]);
  expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
});
