/** The commands of the packages' pages and of the examples that use them, typed beside packed archives. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { isUnreachable } from "../../../site/install.ts";
import { putWebhook } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { type Program, root, startProgram } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { installPackage, packPackages } from "../../support/service/package.ts";
import { codeBlock, codeBlocks, readDocument } from "../documents/code-blocks.ts";
import { missingShell, type Shell, shellNames, shells } from "../documents/shells.ts";

let folder: string;
/** What a checkout has after `npm run build`. */
let checkout: string;
/** Somebody's own project, beside the checkout. */
let own: string;
let run: LocalRun;
const messageId = "msg_[0-9A-Z]{26}";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-readmes-"));
  checkout = join(folder, "hookcast");
  own = join(folder, "own");
  for (const path of [join(checkout, "packages"), own]) mkdirSync(path, { recursive: true });
  writeFileSync(join(own, "package.json"), "{}");
  const archives = packPackages(folder);
  for (const file of Object.values(archives)) {
    cpSync(file, join(checkout, "packages", basename(file)));
  }
  for (const path of ["examples/client", "examples/portal-plain"]) {
    cpSync(join(root, path), join(checkout, path), { recursive: true });
  }
  installPackage(archives, "@hookcast/cdk", join(folder, "app"), ["aws-cdk-lib", "constructs"]);
  run = await startLocalRun();
}, 600_000);
afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function start(shell: Shell, cwd: string, command: string, env: Record<string, string> = {}) {
  const reason = missingShell(shell);
  if (reason) return reason;
  const program = startProgram(shell, [...shells[shell], "-ec", command], {
    cwd,
    env: { ...process.env, npm_config_offline: "true", npm_config_audit: "false", ...env },
    detached: true,
  });
  onTestFinished(() => {
    const { exitCode, signalCode, pid } = program.child;
    if (exitCode === null && signalCode === null && pid) process.kill(-pid, "SIGKILL");
  });
  return program;
}

async function typed(program: Program): Promise<string> {
  expect(await program.exited, program.stderr()).toBe(0);
  return program.stdout();
}

/** As Ctrl-C does, in the terminal in which the program runs. */
async function interrupt(program: Program): Promise<void> {
  process.kill(-(program.child.pid ?? 0), "SIGINT");
  await program.exited;
}

/** The commands with what the service has printed in place of the page's values. */
function filledIn(commands: string): string {
  return commands.replaceAll("http://127.0.0.1:3000", run.url).replaceAll("hk_…", run.key);
}

const ready = /^hookcast ready http:\S+ key=hk_\S+$/m;

test.for(shellNames)(
  "in %s the command's page installs it, and starts the service",
  { timeout: 240_000 },
  async (shell, { skip }) => {
    const page = readDocument("packages/hookcast/README.md");
    // The first one has made these archives; the third needs a service and a receiver, as docs/cli.md does.
    const [build, install = "", , begin = ""] = codeBlocks(page, "sh");
    expect(build).toBe("npm ci && npm run build\n");
    expect(begin).toBe(codeBlock(readDocument("docs/local.md"), "sh"));
    const npm_config_prefix = join(folder, `global-${shell}`);
    const installing = start(shell, checkout, install, { npm_config_prefix });
    if (typeof installing === "string") return skip(installing);
    await typed(installing);
    const PATH = `${join(npm_config_prefix, "bin")}:${process.env.PATH}`;
    const service = start(shell, mkdtempSync(join(folder, "empty-")), begin, { PATH, PORT: "0" });
    if (typeof service === "string") return skip(service);
    await eventually(() => ready.test(service.stdout()) || service.child.exitCode !== null, {
      timeoutMs: 90_000,
    });
    expect(service.stdout(), service.stderr()).toMatch(ready);
    await interrupt(service);
    expect(service.stderr()).toContain("stopping");
  },
);

test("the command's page installs a Node beside it, which npx uses", async ({ skip }) => {
  const block = codeBlocks(readDocument("packages/hookcast/README.md"), "sh").at(-1) ?? "";
  const project = join(folder, "with-node");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), "{}");
  const service = start("bash", project, block, { PORT: "0", npm_config_offline: "false" });
  if (typeof service === "string") return skip(service);
  await eventually(() => ready.test(service.stdout()) || service.child.exitCode !== null, {
    timeoutMs: 240_000,
  });
  if (isUnreachable(service.stderr())) return skip("npm reaches no registry");
  expect(service.stdout(), service.stderr()).toMatch(ready);
  await interrupt(service);
}, 300_000);

test.for(shellNames)(
  "in %s the client's page installs it, and its program publishes",
  { timeout: 120_000 },
  async (shell, { skip }) => {
    const page = readDocument("packages/client/README.md");
    const installing = start(shell, own, codeBlocks(page, "sh")[1] ?? "");
    if (typeof installing === "string") return skip(installing);
    await typed(installing);
    const { dependencies } = JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
    expect(dependencies).toHaveProperty("@hookcast/client");
    const file = join(own, "program.mjs");
    writeFileSync(file, codeBlock(page, "js"));
    const env = { ...process.env, HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
    await using program = startProgram(process.execPath, [file], { env });
    expect(await typed(program)).toMatch(new RegExp(`^published ${messageId}\\n$`));
  },
);

test.for(shellNames)(
  "in %s the page of examples/client leads to a verified delivery",
  { timeout: 180_000 },
  async (shell, { skip }) => {
    const commands = filledIn(codeBlock(readDocument("examples/client/README.md"), "sh"));
    const [install = "", publish = "", resend = "", receive = ""] = commands.split("\n");
    const place = join(checkout, "examples/client");
    const installing = start(shell, place, install);
    if (typeof installing === "string") return skip(installing);
    await typed(installing);
    const port = String(await freePort());
    const { secretString } = await putWebhook(api(run.url, run.key), {
      ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
      postUrl: `http://127.0.0.1:${port}/`,
    });
    const listening = receive.replace("whsec_…", secretString).replace("4000", port);
    const receiver = start(shell, place, listening);
    const publisher = start(shell, place, `${publish}\n${resend}`);
    if (typeof receiver === "string" || typeof publisher === "string") return skip("no shell");
    expect(await typed(publisher)).toMatch(new RegExp(`^published ${messageId}$`, "m"));
    await eventually(() => new RegExp(`^verified ${messageId} `, "m").test(receiver.stdout()), {
      timeoutMs: 60_000,
    });
    await interrupt(receiver);
  },
);

test.for(shellNames)(
  "in %s the page of examples/portal-plain starts its server",
  { timeout: 120_000 },
  async (shell, { skip }) => {
    const block = codeBlock(readDocument("examples/portal-plain/README.md"), "sh");
    const PORT = String(await freePort());
    const service = { HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
    const server = start(shell, join(checkout, "examples/portal-plain"), block, {
      ...service,
      PORT,
    });
    if (typeof server === "string") return skip(server);
    const page = await eventually(() => fetch(`http://127.0.0.1:${PORT}/`), { timeoutMs: 60_000 });
    expect(page.status).toBe(200);
    const session = await fetch(`http://127.0.0.1:${PORT}/portal-session`, { method: "POST" });
    expect(await session.json()).toEqual({ url: expect.stringMatching(/#\S+/) });
    await interrupt(server);
  },
);

test.for(shellNames)(
  "in %s the page of the construct, docs/construct.md, makes a key",
  { timeout: 120_000 },
  async (shell, { skip }) => {
    const block = codeBlock(readDocument("docs/construct.md"), "sh");
    const operator = JSON.parse(readFileSync(join(run.dataDir, "operator.json"), "utf8"));
    const command = block
      .replace(/ApiKeysTable=\S+/, `ApiKeysTable=${operator.ApiKeysTable}`)
      .replace(/AWS_REGION=\S+/, `AWS_REGION=${operator.AWS_REGION}`);
    const program = start(shell, join(folder, "app"), command, operator);
    if (typeof program === "string") return skip(program);
    expect(await typed(program)).toMatch(/^key_\w{26} hk_\S+\nThis key is not shown again\.\n$/);
  },
);
