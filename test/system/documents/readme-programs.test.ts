import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { freePort } from "../../support/process/free-port.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { codeBlock, codeBlocks, readDocument } from "./code-blocks.ts";

/** The programs of the README, as a stranger saves them in a checkout. */
const folder = await mkdtemp(join(tmpdir(), "hookcast-readme-"));
for (const name of ["client", "node_modules", "package.json"]) {
  await symlink(join(root, name), join(folder, name));
}
const readme = readDocument("README.md");
const [publish = "", listFailed = ""] = codeBlocks(readme, "ts");
await writeFile(join(folder, "publish.ts"), publish);
await writeFile(join(folder, "list-failed.ts"), listFailed);
await writeFile(join(folder, "receiver.mjs"), codeBlock(readme, "js"));

const run = await startLocalRun();
const hookcast = createClient(run);
afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function start(file: string, env: Record<string, string> = {}) {
  const service = { HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
  return startProgram(process.execPath, [file], {
    cwd: folder,
    env: { ...process.env, ...service, ...env },
  });
}

async function outputOf(file: string): Promise<string> {
  await using program = start(file);
  expect(await program.exited, program.stderr()).toBe(0);
  return program.stdout();
}

test("what the first program publishes, the receiver verifies", async () => {
  const port = await freePort();
  const { secretString } = await hookcast.putWebhook({
    ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
    destination: { postUrl: `http://127.0.0.1:${port}/` },
  });
  await using receiver = start("receiver.mjs", { SECRET: secretString, PORT: String(port) });
  const [, messageId] = /^published (msg_\w{26})\n$/.exec(await outputOf("publish.ts")) ?? [];
  expect(messageId).toBeDefined();
  await eventually(() =>
    receiver.stdout().includes(`verified ${messageId} paid { amount: '12.50' }\n`),
  );
});

test("the second program lists what failed", async () => {
  await using receiver = await startReceiver({ handler: () => ({ status: 410 }) });
  const { webhookId } = await hookcast.putWebhook({
    ...{ cacheName: "orders", webhookName: "gone", topicName: "failing" },
    destination: { postUrl: `${receiver.url}/` },
  });
  const { messageId } = await hookcast.publish({
    ...{ cacheName: "orders", topicName: "failing" },
    value: 1,
  });
  const failed = async () =>
    (await hookcast.getDelivery({ webhookId, messageId })).status === "failed";
  await eventually(failed);
  expect(await outputOf("list-failed.ts")).toBe(`gone has not received ${messageId} HTTP 410\n`);
});
