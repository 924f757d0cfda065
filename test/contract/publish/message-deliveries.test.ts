import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { plainBody, putWebhook, subscribe, succeed } from "../webhooks.ts";
import { publish } from "./messages.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const Delivery = z.looseObject({
  webhookId: z.string(),
  id: z.object({ cacheName: z.string(), webhookName: z.string() }),
  status: z.string(),
});
const Listed = z.object({
  response: z.object({ deliveries: z.array(Delivery), nextCursor: z.nullable(z.string()) }),
});
const OfWebhook = z.object({ response: z.object({ deliveries: z.array(z.looseObject({})) }) });

async function page(cacheName: string, messageId: string, query: Record<string, string> = {}) {
  const params = { cacheName, messageId };
  const { body } = await succeed(root, "getMessageDeliveries", params, { query });
  return z.parse(Listed, body).response;
}

/** Names and states, in the order of the list. */
async function states(cacheName: string, messageId: string, query?: Record<string, string>) {
  const { deliveries } = await page(cacheName, messageId, query);
  return deliveries.map(({ id, status }) => `${id.webhookName} ${status}`);
}

test("tells of each webhook what its own list tells, also when it has left the topic or is gone", async () => {
  const cacheName = freshCache();
  const names = ["a", "b", "c", "d"];
  for (const webhookName of names) {
    await subscribe(root, receiver, { cacheName, webhookName }, { topicName: "t" });
  }
  await subscribe(root, receiver, { cacheName, webhookName: "other topic" }, { topicName: "u" });
  const elsewhere = { topicName: "t", events: [7] };
  await subscribe(root, receiver, { cacheName, webhookName: "other event" }, elsewhere);
  const messageId = await publish(root, { cacheName, topicName: "t" });
  const all = names.map((name) => `${name} delivered`);
  await eventually(async () => (await states(cacheName, messageId)).join() === all.join());

  const { deliveries, nextCursor } = await page(cacheName, messageId);
  expect(nextCursor).toBeNull();
  for (const { webhookId, id, ...summary } of deliveries) {
    const own = await succeed(root, "listDeliveries", { webhookId });
    expect(z.parse(OfWebhook, own.body).response.deliveries).toEqual([summary]);
    expect(id.cacheName).toBe(cacheName);
  }

  const moved = { ...plainBody, topicName: "u" };
  await putWebhook(root, { cacheName, webhookName: "a" }, moved);
  await succeed(root, "deleteWebhook", { cacheName, webhookName: "c" });
  await putWebhook(root, { cacheName, webhookName: "c" }, moved);
  const after = ["b", "d", "a", "c"].map((name) => `${name} delivered`);
  expect(await states(cacheName, messageId)).toEqual(after);
  await putWebhook(root, { cacheName, webhookName: "a" }, { ...plainBody, topicName: "t" });
  expect(await states(cacheName, messageId)).toEqual(
    ["a", "b", "d", "c"].map((name) => `${name} delivered`),
  );

  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: "1", ...(cursor !== null && { cursor }) };
    const next: Awaited<ReturnType<typeof page>> = await page(cacheName, messageId, query);
    seen.push(...next.deliveries.map(({ webhookId }) => webhookId));
    cursor = next.nextCursor;
  } while (cursor !== null);
  expect(seen.toSorted()).toEqual(deliveries.map(({ webhookId }) => webhookId).toSorted());
});

test("a message that nobody wanted has none, and an unknown one is a 404", async () => {
  const cacheName = freshCache();
  const messageId = await publish(root, { cacheName, topicName: "t" });
  expect(await page(cacheName, messageId)).toEqual({ deliveries: [], nextCursor: null });
  const elsewhere = { cacheName: freshCache(), messageId };
  expect(refusalOf(await root.call("getMessageDeliveries", elsewhere))).toMatchObject({
    ...{ status: 404, code: "NOT_FOUND_ERROR" },
  });
  const query = { limit: "0", cursor: "x" };
  const refused = await root.call("getMessageDeliveries", { cacheName, messageId }, { query });
  expect(refusalOf(refused)).toEqual(badFields("limit", "cursor"));
});
