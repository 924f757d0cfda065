import { expect, test } from "vitest";
import { changeWebhook } from "../../../../shared/domain/webhooks/webhook-record.ts";
import { openFormerWebhooks } from "../../../../shared/store/webhooks/former-webhooks.ts";
import { openWebhookWriter } from "../../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, webhookWith } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
const writer = openWebhookWriter();
const former = openFormerWebhooks();

async function idsOf(cacheName: string, topicName: string, limit = 10, after?: string) {
  const { webhooks, last } = await former.page(cacheName, topicName, after, limit);
  return { ids: webhooks.map(({ webhookId }) => webhookId), last };
}

async function created(cacheName: string, webhookName: string) {
  const webhook = webhookWith({ webhookId: freshWebhookId(), cacheName, webhookName });
  await writer.create(webhook, 10);
  return webhook;
}

test("a webhook that leaves a topic is found there, until it comes back", async () => {
  const webhook = await created("moves", "w");
  const { webhookId } = webhook;
  expect(await idsOf("moves", "paid")).toEqual({ ids: [], last: undefined });
  const left = changeWebhook(webhook, { topicName: "refunded" }, 1);
  await writer.replace(webhook, left);
  expect((await idsOf("moves", "paid")).ids).toEqual([webhookId]);
  expect((await idsOf("moves", "refunded")).ids).toEqual([]);
  await writer.replace(left, changeWebhook(left, { topicName: "paid" }, 2));
  expect((await idsOf("moves", "paid")).ids).toEqual([]);
  expect((await idsOf("moves", "refunded")).ids).toEqual([webhookId]);
});

test("a change of anything else leaves no trace", async () => {
  const webhook = await created("stays", "w");
  await writer.replace(webhook, changeWebhook(webhook, { url: "https://other.example" }, 1));
  expect((await idsOf("stays", "paid")).ids).toEqual([]);
});

test("a deleted webhook is found with the time of its deletion, page by page", async () => {
  const webhooks = [await created("gone", "a"), await created("gone", "b")];
  for (const webhook of webhooks) await writer.remove(webhook, 7, 2_000_000_000);
  const { webhooks: found } = await former.page("gone", "paid", undefined, 10);
  expect(found.map(({ webhookName, deletedTimeMs }) => [webhookName, deletedTimeMs])).toEqual([
    ["a", 7],
    ["b", 7],
  ]);
  const [first, second] = webhooks.map(({ webhookId }) => webhookId);
  expect(await idsOf("gone", "paid", 1)).toEqual({ ids: [first], last: first });
  expect((await idsOf("gone", "paid", 1, first)).ids).toEqual([second]);
});
