import { symlinkSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createClient } from "../../client/create-client.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { freePort } from "../support/process/free-port.ts";
import { root, startFile } from "../support/process/program.ts";
import { startLocalRun } from "../support/service/local-run.ts";
import { codeBlocks, readDocument } from "./documents/code-blocks.ts";
import { installClient } from "./installed-client.ts";

const messageId = "msg_[0-9A-Z]{26}";

/** The examples with their package beside them, as `npm install` leaves it. */
const examples = await mkdtemp(join(tmpdir(), "hookcast-client-examples-"));
await cp(join(root, "examples/client"), examples, { recursive: true });
await installClient(join(examples, "node_modules/@hookcast/client"));
afterAll(() => rm(examples, { recursive: true }));

function startExample(name: string, args: string[], env: Record<string, string>) {
  return startFile(join(examples, name), args, env);
}

test("the examples publish, receive and send again what failed", async () => {
  await using run = await startLocalRun();
  const hookcast = createClient(run);
  const environment = { HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
  const port = String(await freePort());
  const { secretString } = await hookcast.putWebhook({
    ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
    destination: { postUrl: `http://127.0.0.1:${port}/` },
  });
  const server = { SECRET: secretString, PORT: port };
  await using receive = startExample("receive.js", [], server);
  await eventually(() => receive.stdout().includes("listening"));

  await using publish = startExample("publish.js", [], environment);
  expect(await publish.exited, publish.stderr()).toBe(0);
  expect(publish.stdout().trim().split("\n")).toEqual([
    ...Array(4).fill(expect.stringMatching(new RegExp(`^published ${messageId}$`))),
    "refused INVALID_ARGUMENT_ERROR",
    "refused 400 INVALID_ARGUMENT_ERROR",
  ]);
  const verified = new RegExp(`^verified ${messageId} `, "gm");
  await eventually(() => receive.stdout().match(verified)?.length === 4);
  await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "{}" });
  await eventually(() => receive.stdout().includes("not verified: webhook-id is missing"));
});

test("the programs of the README publish and list what failed", async () => {
  await using run = await startLocalRun();
  await using receiver = await startReceiver({ status: 410 });
  const hookcast = createClient(run);
  const { webhookId } = await hookcast.putWebhook({
    ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
    destination: { postUrl: `${receiver.url}/` },
  });
  const first = await hookcast.publish({ cacheName: "orders", topicName: "paid", value: {} });
  await eventually(async () => {
    const { status } = await hookcast.getDelivery({ webhookId, ...first });
    return status === "failed";
  });

  for (const folder of ["client", "shared"]) {
    symlinkSync(join(root, folder), join(run.dataDir, folder));
  }
  const outputs: string[] = [];
  for (const [index, block] of codeBlocks(readDocument("README.md"), "ts").entries()) {
    const file = join(run.dataDir, `program-${index}.ts`);
    await writeFile(file, block);
    const variables = { HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
    await using program = startFile(file, [], variables);
    expect(await program.exited, program.stderr()).toBe(0);
    outputs.push(program.stdout());
  }
  expect(outputs).toHaveLength(2);
  expect(outputs[0]).toMatch(new RegExp(`^published ${messageId}$`, "m"));
  expect(outputs[1]).toContain(`billing has not received ${first.messageId}`);
});

test("the example sends again what failed, and nothing else", async () => {
  await using run = await startLocalRun();
  let status = 410; // Gone: nothing is tried again, and the webhook is switched off
  await using receiver = await startReceiver({ handler: () => ({ status }) });
  const hookcast = createClient(run);
  const { webhookId } = await hookcast.putWebhook({
    ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
    destination: { postUrl: `${receiver.url}/` },
  });
  const failed = await hookcast.publish({ cacheName: "orders", topicName: "paid", value: {} });
  await eventually(async () => {
    const delivery = await hookcast.getDelivery({ webhookId, ...failed });
    return delivery.status === "failed";
  });
  status = 204;
  await hookcast.updateWebhookStatus({ webhookId, webhookStatus: "active" });
  const delivered = await hookcast.publish({ cacheName: "orders", topicName: "paid", value: {} });
  await eventually(async () => {
    const delivery = await hookcast.getDelivery({ webhookId, ...delivered });
    return delivery.status === "delivered";
  });

  await using resend = startExample("resend-failed.js", ["orders"], {
    ...{ HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key },
  });
  expect(await resend.exited, resend.stderr()).toBe(0);
  expect(resend.stdout()).toBe(`sent again billing ${failed.messageId}\n`);
  await eventually(async () => {
    const delivery = await hookcast.getDelivery({ webhookId, ...failed });
    return delivery.status === "delivered";
  });
});
