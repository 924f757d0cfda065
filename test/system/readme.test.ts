import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { routes } from "../../shared/contract/routes.ts";
import { api } from "../support/api.ts";
import { publish, putWebhook } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free-port.ts";
import { startLocalRun } from "../support/local-run.ts";
import { type Program, root, startProgram } from "../support/program.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");

/** The fenced blocks of a language in their order, but those that a comment marks as not run. */
function blocksOf(language: string): string[] {
  const fence = new RegExp(`(<!-- not run[^>]*-->\\n)?^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...readme.matchAll(fence)].flatMap(([, mark, block]) => (mark || !block ? [] : [block]));
}

/** The working tree as a clone would have it, with the dependencies installed already. */
async function copyOfTheProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "hookcast-readme-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0");
  for (const file of files.filter(Boolean)) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Types a block into the session and waits until the shell has done it. */
async function run(session: Program, block: string, index: number): Promise<void> {
  const mark = `end of block ${index}`;
  session.child.stdin?.write(`${block}\necho '${mark}'\n`);
  await eventually(() => session.stdout().includes(mark), { timeoutMs: 90_000 }).catch((error) => {
    throw new Error(`${block}\n${session.stdout()}\n${session.stderr()}`, { cause: error });
  });
}

function killGroup({ child }: Program): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is left of the group: the tour has stopped what it started.
  }
}

test("the tour works as it stands, in one bash session in a fresh copy", async () => {
  const cwd = await copyOfTheProject();
  const env = {
    ...process.env,
    PORT: String(await freePort()),
    RECEIVER_PORT: String(await freePort()),
    HOOKCAST_DATA_DIR: join(cwd, ".hookcast"),
  };
  // A process group of its own, so that a failing tour leaves nothing of it running.
  await using session = startProgram("bash", ["--norc"], { cwd, env, detached: true });
  onTestFinished(() => killGroup(session));

  for (const [index, block] of blocksOf("bash").entries()) {
    // The copy borrows our node_modules, which npm ci would delete.
    if (block.includes("npm ci")) throw new Error(`not a block of the tour: ${block}`);
    await run(session, block, index);
    // A person goes on once the receiver has printed what the text promises.
    if (block.includes("/topics/"))
      await eventually(() => /^verified msg_/m.test(session.stdout()));
  }
  session.child.stdin?.end();
  await session.exited;

  expect(session.stdout()).toMatch(/^hookcast ready http:\S+ key=hk_\S+$/m);
  expect(session.stdout()).toMatch(
    /^verified msg_\S+ attempt 1 .*"orderId": 12345678901234567890/m,
  );
  expect(session.stdout()).toContain('"webhookName":"billing"');
  expect(session.stdout()).toMatch(/"secret":"whsec_[^"]+"/);
  expect(session.stdout()).toContain('{"status":"success","response":{}}');
  expect(session.stdout()).not.toContain('"status":"error"');
});

test("the receiver of the README verifies a delivery with an independent library", async () => {
  await using service = await startLocalRun();
  const call = api(service.url, service.key);
  const port = String(await freePort());
  const { secretString } = await putWebhook(call, {
    ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
    postUrl: `http://127.0.0.1:${port}/`,
  });
  const [source = ""] = blocksOf("js");
  expect(readFileSync(join(root, "docs/verify.md"), "utf8")).toContain(source);
  const file = join(service.dataDir, "receiver.mjs");
  await writeFile(file, source);
  symlinkSync(join(root, "node_modules"), join(service.dataDir, "node_modules"));
  await using receiver = startProgram(process.execPath, [file], {
    env: { ...process.env, SECRET: secretString, PORT: port },
  });
  await eventually(() => fetch(`http://127.0.0.1:${port}/`));

  const messageId = await publish(call, "orders", "paid", { amount: 12 });
  await eventually(() => receiver.stdout().includes(`verified ${messageId} paid { amount: 12 }`));
});

test("the table of the README lists exactly the operations that exist", () => {
  const rows = [...readme.matchAll(/^\| (\w+) +\| `([A-Z]+) (\S+)` +\| (\w+) +\|$/gm)];
  const listed = rows.map(([, id, method, path, permission]) => [id, method, path, permission]);
  const existing = Object.entries(routes).map(([id, { method, path, permission }]) => {
    return [id, method, path.replace("/api/v1", ""), permission ?? "none"];
  });
  expect(listed).toEqual(existing);
});
