import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { getWebhook, putWebhook, subscribe, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const receiver = await startReceiver({
  handler: ({ path }) => ({ status: path.endsWith("/gone") ? 410 : 200 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());

const setStatus = (webhookId: string, webhookStatus: unknown) =>
  root.call("updateWebhookStatus", { webhookId }, { json: { webhookStatus } });

test("answers the same status twice with 200, and the second time changes nothing", async () => {
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  expect((await setStatus(webhookId, "inactive")).status).toBe(200);
  const before = await getWebhook(root, webhookId);
  expect((await setStatus(webhookId, "inactive")).status).toBe(200);
  expect(await getWebhook(root, webhookId)).toEqual(before);
  expect(before.webhook.webhookStatus).toBe("inactive");
});

test.each([undefined, null, "Active", "deleted", true, ""])(
  "refuses the status %j",
  async (status) => {
    const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
    expect(refusalOf(await setStatus(webhookId, status))).toEqual(badFields("webhookStatus"));
  },
);

test("delivers nothing to an inactive webhook, not even after it is active again", async () => {
  const cacheName = freshCache();
  const topic = { cacheName, topicName: "t" };
  const paused = await subscribe(
    root,
    receiver,
    { cacheName, webhookName: "paused" },
    { topicName: "t" },
  );
  const witness = await subscribe(
    root,
    receiver,
    { cacheName, webhookName: "witness" },
    { topicName: "t" },
  );

  await setStatus(paused.webhookId, "inactive");
  const missed = await publish(root, topic);
  await eventually(() => receiver.find(witness.path, missed));
  await setStatus(paused.webhookId, "active");
  const later = await publish(root, topic);
  await eventually(() => receiver.find(paused.path, later));
  expect(receiver.find(paused.path, missed)).toBeUndefined();
});

test("is switched off by a receiver that says 410, tells why, and forgets it when activated", async () => {
  const cacheName = freshCache();
  const gone = await subscribe(
    root,
    receiver,
    { cacheName, webhookName: "gone" },
    { topicName: "t" },
  );
  const messageId = await publish(root, { cacheName, topicName: "t" });
  await eventually(() => receiver.find(gone.path, messageId));
  const { webhook } = await eventually(async () => {
    const found = await getWebhook(root, gone.webhookId);
    return found.webhook.webhookStatus === "inactive" ? found : undefined;
  });
  expect(webhook.statusReason).toBe("gone");

  await setStatus(gone.webhookId, "active");
  const again = await getWebhook(root, gone.webhookId);
  expect(again.webhook).toMatchObject({ webhookStatus: "active" });
  expect(again.webhook).not.toHaveProperty("statusReason");
});

test("has no reason where an owner made it inactive", async () => {
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  await succeed(
    root,
    "updateWebhookStatus",
    { webhookId },
    { json: { webhookStatus: "inactive" } },
  );
  expect((await getWebhook(root, webhookId)).webhook).not.toHaveProperty("statusReason");
});
