import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { placesOf } from "../../../cli/completion/places.ts";
import { exitCodes } from "../../../cli/output/failure.ts";
import { createProgram } from "../../../cli/program.ts";
import { commandLine } from "../../support/command-line.ts";

const document = readFileSync(new URL("../../../docs/cli.md", import.meta.url), "utf8");
const places = placesOf(createProgram());

test("the document and the help tell the same exit codes as the program has", async () => {
  const rows = [...document.matchAll(/^\| (\d+) +\| `(\w+)` +\| (.*?) +\|$/gm)];
  const documented = rows.map(([, code, name, meaning]) => [name, Number(code), meaning]);
  const existing = Object.entries(exitCodes).map(([name, { code, meaning }]) => [
    name,
    code,
    meaning,
  ]);
  expect(documented).toEqual(existing);
  const help = (await commandLine({}).done("--help")).replaceAll(/\n {7}(?=\S)/g, " ");
  for (const [, code, meaning] of existing) {
    expect(help).toMatch(new RegExp(`^ +${code} .*`, "m"));
    expect(help).toContain(meaning);
  }
});

test("the document shows every command, and no other", () => {
  const blocks = [...document.matchAll(/^```(?:ba)?sh\n(.*?)^```$/gms)].map(([, block]) => block);
  const shown = [
    ...blocks.join("").matchAll(/hookcast (?:-- )?([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g),
  ];
  const known = new Set(places.map(({ path }) => path));
  const paths = shown.map(([, group = "", name]) => {
    return known.has(`${group} ${name}`) ? `${group} ${name}` : group;
  });
  const leaves = places.filter(({ path, commands }) => path !== "" && commands.length === 0);
  expect(new Set(paths)).toEqual(new Set(leaves.map(({ path }) => path)));
});

test("every option that the document names is one of its command", () => {
  const options = new Set(places.flatMap((place) => place.options.map(({ word }) => word)));
  const mentions = document.matchAll(/(?<=hookcast [^\n]*|`(?:\w+ )?)--[a-z][a-z-]+/g);
  const named = [...mentions].map(([option]) => option);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((option) => !options.has(option))).toEqual([]);
});

test("what is no command or no argument is told, with the nearest that there is", async () => {
  const hookcast = commandLine({});
  const unknown = await hookcast.run(["webhoks"]);
  expect(unknown).toEqual({
    ...{ exitCode: 2, stdout: "" },
    stderr:
      "hookcast: unknown command 'webhoks' (Did you mean webhooks?)\n`--help` after a command shows its arguments and options.\n",
  });
  const wrong = await hookcast.run(["publish", "c/t", "1", "--event", "1.5", "--json"]);
  expect(wrong).toMatchObject({ exitCode: 2, stdout: "" });
  expect(JSON.parse(wrong.stderr).error).toMatchObject({ exit: "usage" });
  const none = await hookcast.run([]);
  expect(none).toMatchObject({ exitCode: 2, stdout: "" });
  expect(none.stderr).toMatch(/^Usage: hookcast/);
});
