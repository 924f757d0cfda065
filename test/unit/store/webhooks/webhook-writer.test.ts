import { expect, test } from "vitest";
import { tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import {
  changeWebhook,
  type WebhookRecord,
} from "../../../../shared/domain/webhooks/webhook-record.ts";
import { openHealthStore } from "../../../../shared/store/health/health-store.ts";
import { keys } from "../../../../shared/store/keys.ts";
import { conflict, openTable } from "../../../../shared/store/table/table.ts";
import { openWebhookStore } from "../../../../shared/store/webhooks/webhook-store.ts";
import { openWebhookWriter } from "../../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, webhookWith } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
const store = openWebhookStore();
const writer = openWebhookWriter();

let serial = 0;

/** A webhook of a cache of its own, so that no test sees another's. */
function fresh(changes: Partial<WebhookRecord> = {}): WebhookRecord {
  serial += 1;
  return webhookWith({ webhookId: freshWebhookId(), cacheName: `cache ${serial}`, ...changes });
}

async function created(changes: Partial<WebhookRecord> = {}): Promise<WebhookRecord> {
  const webhook = fresh(changes);
  expect(await writer.create(webhook, 1000)).toBe("written");
  return webhook;
}

async function subscribersOf({ cacheName }: WebhookRecord, topicName: string) {
  return store.subscribers(cacheName, topicName, { limit: 10 });
}

async function webhookCount({ cacheName }: WebhookRecord): Promise<unknown> {
  return (await openTable("WEBHOOKS_TABLE").get(keys.webhookCount(cacheName)))?.count;
}

test("creates a webhook that is found by name, by id and by topic", async () => {
  const webhook = await created({ events: [101, "invoice.paid"], productId: 7 });
  const { cacheName, webhookName, webhookId } = webhook;
  expect(await store.find(cacheName, webhookName)).toEqual(webhook);
  expect(await store.findById(webhookId)).toEqual(webhook);
  expect(await subscribersOf(webhook, "paid")).toEqual({
    subscriptions: [
      { webhookId, webhookName, productId: 7, events: [101, "invoice.paid"], status: "active" },
    ],
    numbered: false,
    last: undefined,
  });
  expect(await webhookCount(webhook)).toBe(1);
});

test("finds nothing under names that nobody put", async () => {
  const webhook = await created();
  expect(await store.find(webhook.cacheName, "other")).toBeUndefined();
  expect(await store.findById("whk_01JDB2Q5V8K3M4N6P7R8S9TAVX")).toBeUndefined();
  expect((await subscribersOf(webhook, "refunded")).subscriptions).toEqual([]);
});

test("lets one of two concurrent creations win and changes nothing for the other", async () => {
  const first = fresh();
  const second = { ...fresh(), cacheName: first.cacheName, topicName: "refunded" };
  const written = await Promise.all([writer.create(first, 1000), writer.create(second, 1000)]);
  expect(written.toSorted(byText)).toEqual([conflict, "written"]);
  const [winner, loser] = written[0] === "written" ? [first, second] : [second, first];
  expect(await store.find(first.cacheName, first.webhookName)).toEqual(winner);
  expect(await store.findById(loser.webhookId)).toBeUndefined();
  expect((await subscribersOf(first, loser.topicName)).subscriptions).toEqual([]);
  expect(await webhookCount(first)).toBe(1);
});

test("refuses one webhook more than the cache may hold, until one is deleted", async () => {
  const first = await created();
  const second = { ...fresh(), cacheName: first.cacheName, webhookName: "second" };
  expect(await writer.create(second, 1)).toBe("full");
  expect(await store.find(first.cacheName, "second")).toBeUndefined();
  await writer.remove(first, 0, 0);
  expect(await writer.create(second, 1)).toBe("written");
  expect(await webhookCount(first)).toBe(1);
});

test("replaces a webhook and its subscription together", async () => {
  const webhook = await created();
  const next = changeWebhook(webhook, { events: ["paid"], status: "inactive" }, 1);
  expect(await writer.replace(webhook, next)).toBe("written");
  expect(await store.findById(webhook.webhookId)).toEqual(next);
  expect((await subscribersOf(webhook, "paid")).subscriptions).toMatchObject([
    { events: ["paid"], status: "inactive" },
  ]);
});

test("moves the subscription when the topic changes", async () => {
  const webhook = await created();
  await writer.replace(webhook, changeWebhook(webhook, { topicName: "refunded" }, 1));
  expect((await subscribersOf(webhook, "paid")).subscriptions).toEqual([]);
  expect((await subscribersOf(webhook, "refunded")).subscriptions).toHaveLength(1);
});

test("lets one of two changes of one version win", async () => {
  const webhook = await created();
  const changes = ["refunded", "shipped"].map((topicName) =>
    changeWebhook(webhook, { topicName }, 1),
  );
  const written = await Promise.all(changes.map((next) => writer.replace(webhook, next)));
  expect(written.toSorted(byText)).toEqual([conflict, "written"]);
  const winner = changes[written.indexOf("written")];
  const loser = changes[written.indexOf(conflict)];
  expect(await store.findById(webhook.webhookId)).toEqual(winner);
  expect((await subscribersOf(webhook, loser?.topicName ?? "")).subscriptions).toEqual([]);
});

test("removes a webhook, leaves a tombstone under its id and counts it no more", async () => {
  const webhook = await created();
  expect(await writer.remove(webhook, 1_000, 2_000)).toBe("written");
  expect(await store.find(webhook.cacheName, webhook.webhookName)).toBeUndefined();
  expect(await store.findById(webhook.webhookId)).toBeUndefined();
  expect((await subscribersOf(webhook, "paid")).subscriptions).toEqual([]);
  expect(await webhookCount(webhook)).toBe(0);
  expect(await openTable("WEBHOOKS_TABLE").get(keys.webhookId(webhook.webhookId))).toMatchObject({
    webhookName: webhook.webhookName,
    deletedTimeMs: 1_000,
    expiresAt: 2_000,
  });
});

test("does not find a webhook by the id of its deleted predecessor", async () => {
  const webhook = await created();
  await writer.remove(webhook, 0, 0);
  const successor = { ...fresh(), cacheName: webhook.cacheName };
  await writer.create(successor, 1000);
  expect(await store.findById(webhook.webhookId)).toBeUndefined();
  expect(await store.findById(successor.webhookId)).toEqual(successor);
});

test("neither replaces nor removes by what it knew of a deleted predecessor", async () => {
  const webhook = await created();
  await writer.remove(webhook, 0, 0);
  const successor = { ...fresh(), cacheName: webhook.cacheName };
  await writer.create(successor, 1000);
  expect(await writer.replace(webhook, changeWebhook(webhook, { url: "x" }, 1))).toBe(conflict);
  expect(await writer.remove(webhook, 0, 0)).toBe(conflict);
  expect(await store.findById(successor.webhookId)).toEqual(successor);
});

test("numbers a topic's messages as long as a webhook of the momento format subscribes", async () => {
  const isNumbered = async (topicName: string) =>
    (await store.subscribers(first.cacheName, topicName, { limit: 1 })).numbered;

  const first = await created({ format: "momento" });
  const second = { ...fresh(), cacheName: first.cacheName, webhookName: "second" };
  await writer.create(second, 1000);
  const momento = changeWebhook(second, { format: "momento" }, 1);
  await writer.replace(second, momento);
  expect(await isNumbered("paid")).toBe(true);

  const raw = changeWebhook(first, { format: "raw" }, 1);
  await writer.replace(first, raw);
  expect(await isNumbered("paid")).toBe(true);

  const moved = changeWebhook(momento, { topicName: "refunded" }, 1);
  await writer.replace(momento, moved);
  expect(await isNumbered("paid")).toBe(false);
  expect(await isNumbered("refunded")).toBe(true);

  await writer.remove(moved, 0, 0);
  expect(await isNumbered("refunded")).toBe(false);
});

test("a new webhook, and one with another URL, has yet to show that it answers fast", async () => {
  const healths = openHealthStore();
  const webhook = await created();
  const newcomer = await healths.find(webhook.webhookId);
  expect(newcomer).toMatchObject({ isNewcomer: true, failures: 0, breaker: { kind: "closed" } });
  await healths.change(webhook, newcomer, undefined);

  const renamed = changeWebhook(webhook, { topicName: "refunded" }, 1);
  await writer.replace(webhook, renamed);
  expect(await healths.find(webhook.webhookId)).toBeUndefined();

  const moved = changeWebhook(renamed, { url: "https://other.example" }, 2);
  expect(await writer.replace(renamed, moved)).toBe("written");
  expect(await healths.find(webhook.webhookId)).toMatchObject({ isNewcomer: true });
});

test("another URL leaves what else is known of a webhook's health", async () => {
  const healths = openHealthStore();
  const webhook = await created();
  const newcomer = await healths.find(webhook.webhookId);
  const known = { failures: 3, timeouts: 2, failingSinceMs: 5, slowUntilMs: 6, offences: 2 };
  const before = { version: 1, ...known, breaker: tripBreaker(1, 10, 7) };
  await healths.change(webhook, newcomer, before);
  const moved = changeWebhook(webhook, { url: "https://other.example" }, 2);
  expect(await writer.replace(webhook, moved)).toBe("written");
  expect(await healths.find(webhook.webhookId)).toMatchObject({
    ...before,
    version: 2,
    isNewcomer: true,
  });
});

function byText(a: string | symbol, b: string | symbol): number {
  return String(a).localeCompare(String(b));
}
