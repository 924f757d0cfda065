import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { listWebhooks, putWebhook, subscribe, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const receiver = await startReceiver({
  handler({ path, messageId }) {
    if (!path.includes("failing")) return { status: 200 };
    if (attempts(path, messageId) > 1) return { status: 200 };
    return { status: 503, headers: { "retry-after": path.endsWith("last") ? "12" : "10" } };
  },
});
afterAll(() => receiver[Symbol.asyncDispose]());

function attempts(path: string, messageId: string): number {
  return receiver.deliveries.filter(
    (delivery) => delivery.path === path && delivery.messageId === messageId,
  ).length;
}

const unknown = { status: 404, code: "NOT_FOUND_ERROR", paths: [] };

test("leaves nothing behind that an operation could find", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const { webhookId } = await putWebhook(root, id);
  await succeed(root, "deleteWebhook", id);

  expect((await listWebhooks(root, id.cacheName)).webhooks).toEqual([]);
  for (const operation of ["deleteWebhook", "getWebhookSecret", "rotateWebhookSecret"] as const) {
    expect(refusalOf(await root.call(operation, id)), operation).toEqual(unknown);
  }
  const config = { url: "https://client_domain.com/", customHeaders: {} };
  const details = { productId: null, events: [], config };
  const byId = [
    await root.call("getWebhookDetails", { webhookId }),
    await root.call("updateWebhookDetails", { webhookId }, { json: details }),
    await root.call("updateWebhookStatus", { webhookId }, { json: { webhookStatus: "active" } }),
  ];
  expect(byId.map(refusalOf)).toEqual([unknown, unknown, unknown]);
});

test("does not know a webhook that never was", async () => {
  const answer = await root.call("deleteWebhook", { cacheName: freshCache(), webhookName: "w" });
  expect(refusalOf(answer)).toEqual(unknown);
});

test("ignores a deleted webhook when a message is published", async () => {
  const topic = { cacheName: freshCache(), topicName: "t" };
  const doomed = { cacheName: topic.cacheName, webhookName: "doomed" };
  const { path } = await subscribe(root, receiver, doomed, { topicName: "t" });
  const witness = await subscribe(
    root,
    receiver,
    { ...doomed, webhookName: "witness" },
    { topicName: "t" },
  );
  const before = await publish(root, topic);
  await eventually(() => receiver.find(path, before));

  await succeed(root, "deleteWebhook", doomed);
  const after = await publish(root, topic);
  await eventually(() => receiver.find(witness.path, after));
  expect(receiver.find(path, after)).toBeUndefined();
});

test("ends the deliveries that wait for a deleted or inactive webhook without a trace", async () => {
  const topic = { cacheName: freshCache(), topicName: "t" };
  const id = (webhookName: string) => ({ cacheName: topic.cacheName, webhookName });
  const deleted = await subscribe(root, receiver, id("failing-deleted"), { topicName: "t" });
  const inactive = await subscribe(root, receiver, id("failing-inactive"), { topicName: "t" });
  // The queue hands it out again after the others.
  const last = await subscribe(root, receiver, id("failing-last"), { topicName: "t" });
  const messageId = await publish(root, topic);
  for (const { path } of [deleted, inactive, last]) {
    await eventually(() => receiver.find(path, messageId));
  }

  await succeed(root, "deleteWebhook", id("failing-deleted"));
  const { webhookId } = inactive;
  await succeed(
    root,
    "updateWebhookStatus",
    { webhookId },
    { json: { webhookStatus: "inactive" } },
  );
  await eventually(() => attempts(last.path, messageId) === 2);
  expect([deleted, inactive].map(({ path }) => attempts(path, messageId))).toEqual([1, 1]);
});
