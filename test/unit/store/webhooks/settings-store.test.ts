import { expect, test } from "vitest";
import {
  changeWebhook,
  type WebhookRecord,
} from "../../../../shared/domain/webhooks/webhook-record.ts";
import { keys } from "../../../../shared/store/keys.ts";
import { openTable } from "../../../../shared/store/table/table.ts";
import { openSettingsStore } from "../../../../shared/store/webhooks/settings-store.ts";
import { openWebhookWriter } from "../../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, publishedTimeMs, webhookWith } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
const writer = openWebhookWriter();
const store = openSettingsStore();
const dayMs = 86_400_000;

async function created(changes: Partial<WebhookRecord> = {}): Promise<WebhookRecord> {
  const webhookId = freshWebhookId();
  const webhook = webhookWith({ webhookId, cacheName: `cache of ${webhookId}`, ...changes });
  await writer.create(webhook, 1000);
  return webhook;
}

async function expiryOf({ webhookId, version }: WebhookRecord): Promise<unknown> {
  return (await openTable("WEBHOOKS_TABLE").get(keys.settings(webhookId, version)))?.expiresAt;
}

/** Thirty days, as long as the log is kept, and the seven that a delivery may live. */
const keptUntil = (changedTimeMs: number) => (changedTimeMs + 37 * dayMs) / 1000;

test("keeps what each version of a webhook had, and the older ones for as long as the log", async () => {
  const first = await created({ headerNames: ["X-Token"], sealedHeaders: "1.1.sealed" });
  const changedTimeMs = publishedTimeMs + 60_000;
  const url = `https://example.com/${"a".repeat(2_028)}`;
  const second = changeWebhook(first, { url, format: "raw", headerNames: [] }, changedTimeMs);
  expect(await writer.replace(first, second)).toBe("written");
  const found = await store.findMany(first.webhookId, [1, 2, 2, 3]);
  expect([...found.values()].sort((a, b) => a.version - b.version)).toEqual([
    {
      v: 1,
      version: 1,
      url: first.url,
      format: "standard",
      headerNames: ["X-Token"],
      sinceMs: publishedTimeMs,
    },
    { v: 1, version: 2, url, format: "raw", headerNames: [], sinceMs: changedTimeMs },
  ]);
  expect(await expiryOf(first)).toBe(keptUntil(changedTimeMs));
  expect(await expiryOf(second)).toBeUndefined();
});

test("lets the last version of a deleted webhook expire with its log", async () => {
  const webhook = await created();
  await writer.remove(webhook, publishedTimeMs, 0);
  expect(await expiryOf(webhook)).toBe(keptUntil(publishedTimeMs));
  expect((await store.findMany(webhook.webhookId, [1])).size).toBe(1);
});

test("keeps nothing of a change that lost to another", async () => {
  const webhook = await created();
  const stale = { ...webhook, version: 7 };
  await writer.replace(stale, changeWebhook(stale, { format: "raw" }, publishedTimeMs));
  await writer.create({ ...webhook, webhookId: freshWebhookId(), version: 9 }, 1000);
  const found = await store.findMany(webhook.webhookId, [1, 7, 8, 9]);
  expect([...found.keys()]).toEqual([1]);
});

test("keeps the version that an earlier version of the service wrote once it is replaced", async () => {
  const old = await created({ sealedHeaders: "1.1.sealed" });
  await writer.replace(old, changeWebhook(old, { status: "inactive" }, publishedTimeMs));
  const found = await store.findMany(old.webhookId, [1, 2]);
  // Nobody but who may open them knows how its headers are called.
  expect([...found.values()].map(({ headerNames }) => headerNames)).toEqual([undefined, undefined]);
});

test("finds more versions than one call reads", async () => {
  let webhook = await created();
  for (let n = 0; n < 3; n += 1) {
    const next = changeWebhook(webhook, {}, publishedTimeMs);
    await writer.replace(webhook, next);
    webhook = next;
  }
  const versions = Array.from({ length: 250 }, (_, n) => 250 - n);
  expect((await store.findMany(webhook.webhookId, versions)).size).toBe(4);
});
