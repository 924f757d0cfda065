import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { DecryptCommandInput } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoDb, kms } from "../../../shared/aws/clients.ts";
import { openAccessTokens } from "../../../shared/delivery/attempt/access-tokens.ts";
import { readRow } from "../../../shared/delivery/outbox/read-row.ts";
import { openMatcher } from "../../../shared/domain/filters/matcher.ts";
import { windowStartMs } from "../../../shared/domain/messages/operational-event.ts";
import { realTimers } from "../../../shared/runtime/timers.ts";
import { openDeliveryLog } from "../../../shared/store/deliveries/delivery-log.ts";
import { openDeliveryStore } from "../../../shared/store/deliveries/delivery-store.ts";
import { openUndelivered } from "../../../shared/store/deliveries/undelivered.ts";
import { openEventTypeStore } from "../../../shared/store/event-types/event-type-store.ts";
import { openPublishedTypes } from "../../../shared/store/event-types/published-types.ts";
import { openCacheMarks, openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { openStatsStore } from "../../../shared/store/health/stats-store.ts";
import { keys } from "../../../shared/store/keys.ts";
import { openIdempotencyStore } from "../../../shared/store/messages/idempotency-store.ts";
import { openIngestSeal } from "../../../shared/store/messages/ingest-seal.ts";
import { openMessageStore } from "../../../shared/store/messages/message-store.ts";
import {
  openEventBudget,
  openSuppressedEvents,
  suppressedShards,
} from "../../../shared/store/messages/operational-events.ts";
import { openOutboxStore } from "../../../shared/store/messages/outbox-store.ts";
import {
  openHopQuota,
  openPublishQuota,
  openTestRate,
} from "../../../shared/store/messages/quotas.ts";
import { openApiKeyStore } from "../../../shared/store/secrets/api-key-store.ts";
import { openPortalSessionStore } from "../../../shared/store/secrets/portal-session-store.ts";
import { openSessionGrants } from "../../../shared/store/secrets/session-grant.ts";
import { openSigningKeyRing } from "../../../shared/store/secrets/signing-key-ring.ts";
import { openTokenStore } from "../../../shared/store/secrets/token-store.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
import { fromItem } from "../../../shared/store/table/rows.ts";
import {
  openRecoverySlots,
  openRecoveryStore,
} from "../../../shared/store/waiting/recovery-store.ts";
import { openDueStore, openParkStore } from "../../../shared/store/waiting/waiting-jobs.ts";
import { openCacheList } from "../../../shared/store/webhooks/cache-list.ts";
import { openCertificateNotices } from "../../../shared/store/webhooks/certificate-notices.ts";
import { openFormerWebhooks } from "../../../shared/store/webhooks/former-webhooks.ts";
import { openUnwellWebhooks } from "../../../shared/store/webhooks/unwell-webhooks.ts";
import { openWebhookStore } from "../../../shared/store/webhooks/webhook-store.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import { answerCalls } from "../aws/client-stub.ts";
import { messageId, publishedTimeMs, webhookId, webhookWith } from "../samples.ts";
import { startTables } from "./embedded-tables.ts";

/**
 * Rows as version 1 wrote them, by their kind. They are never changed: what a deployment has stored must
 * be read by every later one, so a new version gets samples of its own beside these.
 */
const samples: Record<string, { table: string; item: Record<string, AttributeValue> }> = JSON.parse(
  readFileSync(new URL("../../samples/rows-v1.json", import.meta.url), "utf8"),
  // A binary attribute is bytes, which JSON has only as text.
  (name, value) => (name === "B" ? Buffer.from(value, "base64") : value),
);

const zippedId = "msg_01HMYWCRK00W3GE1R70W3GE1R8";
const deletedId = "whk_01JDB2Q5V8K3M4N6P7R8S9TAVX";
const jobId = "job_01HMYWCRK00W3GE1R70W3GE1R9";
const keyId = "key_01JDB2Q5V8K3M4N6P7R8S9TAVW";
const laterMs = publishedTimeMs + 7 * 86_400_000;

let tables: AsyncDisposable;
let kmsCalls: DecryptCommandInput[];

beforeAll(async () => {
  tables = await startTables();
  Object.assign(process.env, {
    DELIVERY_STATS: "true",
    DATA_KEY_ID: "key",
    PUBLISHES_PER_KEY_PER_MINUTE: "600",
  });
  process.env.EVENTS_PER_CACHE_PER_MINUTE = "13";
  process.env.HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE = "60";
  kmsCalls = answerCalls<DecryptCommandInput>(kms, () => ({
    Plaintext: Buffer.alloc(32, 7),
  }));
  for (const { table, item } of Object.values(samples)) {
    await dynamoDb.call("PutItem", { TableName: table, Item: item });
  }
});
afterAll(() => tables[Symbol.asyncDispose]());

test("every kind of row has a sample", () => {
  const ranges = ["webhooksOfCache", "dataKeys", "attemptsOf", "upTo", "eventTypesOf"];
  const kinds = Object.keys(keys).filter((kind) => !ranges.includes(kind));
  expect(Object.keys(samples)).toEqual(
    expect.arrayContaining([...kinds, "apiKey", "portalSession"]),
  );
});

test("the webhooks that turned slow in a minute are counted on, and mark their cache", async () => {
  const marks = openCacheMarks();
  expect(await marks.count("orders", 1, publishedTimeMs)).toBe(false); // it is marked already
  marks.learn(["orders"], [fromItem(samples.cacheMark?.item ?? {})], publishedTimeMs);
  expect(marks.isSlow("orders", publishedTimeMs)).toBe(true);
  expect(marks.isSlow("others", publishedTimeMs)).toBe(false);
});

test("an event type is found by its name, in the list of all, and by publishes", async () => {
  const store = openEventTypeStore();
  const name = { topicName: "paid", event: "invoice.paid" };
  const schema = { type: "object", required: ["amount"] };
  const record = await store.find(name);
  expect(record).toMatchObject({ schema, examples: [{ amount: 12 }], facts: { revision: 1 } });
  expect(await store.findVersion(name, 1)).toEqual({ schema, examples: [{ amount: 12 }] });
  const { facts } = await store.page(undefined, undefined, 10);
  expect(await store.findMany(facts)).toEqual([record]);
  const found = await openPublishedTypes().find("paid", ["invoice.paid", "other"]);
  expect([...found.keys()]).toEqual(["invoice.paid"]);
  expect(found.get("invoice.paid")?.check).toMatchObject({
    mode: "enforce",
    schema: { root: schema },
  });
});

test("a suspended cache is found", async () => {
  const store = openSuspensionStore();
  expect([await store.has("orders"), await store.has("others")]).toEqual([true, false]);
});

test("a webhook is found by its name, its id and its topic", async () => {
  const store = openWebhookStore();
  const webhook = {
    webhookId,
    format: "momento",
    events: [101, "order.paid"],
    statusReason: "gone",
  };
  expect(await store.find("orders", "billing")).toMatchObject(webhook);
  expect(await store.findById(webhookId)).toMatchObject(webhook);
  expect(await store.subscribers("orders", "paid", { limit: 10 })).toMatchObject({
    subscriptions: [{ webhookId, productId: 12345, status: "inactive" }],
    numbered: true,
  });
});

test("a webhook still signs as it was told to, with the key pairs of its cache", async () => {
  const webhook = await openWebhookStore().find("orders", "signed");
  if (!webhook) throw new Error("no webhook");
  expect(webhook).toMatchObject({
    signatures: [
      { scheme: "github", until: "2030-01-01T00:00:00Z" },
      { header: "x-acme-signature", algorithm: "sha512", key: "decoded", separator: ",s=" },
    ],
    metaHeaders: { "x-acme-event": "{event}" },
    asymmetric: true,
  });
  const ring = openSigningKeyRing(openVault());
  const signing = await ring.keysOf("orders", publishedTimeMs);
  expect(signing.map((key) => createPublicKey(key).export({ format: "jwk" }).x)).toEqual([
    "1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4",
    expect.stringMatching(/^[\w-]{43}$/),
  ]);
});

test("a webhook is still authorized, by the token that it had", async () => {
  const webhook = await openWebhookStore().find("orders", "authorized");
  if (webhook?.auth?.type !== "oauth2") throw new Error("no webhook");
  const vault = openVault();
  const asking = { client: { post: () => Promise.reject(new Error("asked")) }, timeoutMs: 1_000 };
  const [timers, now] = [realTimers, () => publishedTimeMs];
  const tokens = openAccessTokens({ tokens: openTokenStore(), vault, timers, now });
  const access = await tokens.tokenFor(webhook, webhook.auth, asking);
  expect(access).toEqual({ token: "an-access-token", isFresh: false });
  const secret = await vault.openText(webhook.webhookId, "auth", webhook.sealedAuth ?? "");
  expect(secret.reveal()).toBe("a client secret");
  expect(webhook.auth).toMatchObject({ scope: "hooks", clientAuthentication: "post" });
});

test("a webhook still has its client certificate, and what is to be told of it is found", async () => {
  const webhook = await openWebhookStore().find("orders", "certified");
  const [webhookId, expiryTimeMs] = ["whk_01JDB2Q5V8K3M4N6P7R8S9TAW0", 1_737_674_428_000];
  expect(webhook?.clientCertificate).toMatchObject({
    certificatePem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    expiryTimeMs,
  });
  const key = await openVault().openText(webhookId, "client-key", webhook?.sealedClientKey ?? "");
  expect(key.reveal()).toBe("a private key in PEM");
  const names = { cacheName: "orders", webhookName: "certified" };
  const timeMs = expiryTimeMs - 30 * 86_400_000;
  expect(await openCertificateNotices().due(expiryTimeMs)).toEqual([
    { v: 1, webhookId, ...names, expiryTimeMs, days: 30, timeMs },
  ]);
});

test("a filter still says which messages its webhook gets", async () => {
  const filter = '{"event":["order.paid"],"value":{"amount":[{"numeric":[">=",100]}]}}';
  const store = openWebhookStore();
  expect(await store.find("orders", "filtered")).toMatchObject({ filter });
  const { subscriptions } = await store.subscribers("orders", "filtered", { limit: 10 });
  expect(subscriptions).toMatchObject([{ webhookName: "filtered", filter }]);
  const facts = { event: "order.paid", productId: null, contentType: "application/json" };
  const verdicts = [99, 100].map((amount) => {
    const payload = { kind: "json", text: JSON.stringify({ amount }) } as const;
    const matcher = openMatcher(facts, () => payload);
    return subscriptions.map((subscription) => matcher.matches(subscription));
  });
  expect(verdicts).toEqual([[false], [true]]);
});

test("what was sealed opens, with the data key that KMS unwraps", async () => {
  const webhook = await openWebhookStore().find("orders", "billing");
  if (!webhook) throw new Error("no webhook");
  const vault = openVault();
  const secrets = [await vault.secretOf(webhook), await vault.previousSecretOf(webhook)];
  expect(secrets.map((secret) => secret?.reveal())).toEqual([
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
  ]);
  expect(await vault.headersOf(webhook)).toEqual({ header1: "value_1" });
  const [{ CiphertextBlob, EncryptionContext } = {}] = kmsCalls;
  expect(String(CiphertextBlob && Buffer.from(CiphertextBlob))).toBe("a data key, wrapped by KMS");
  expect(EncryptionContext).toEqual({ purpose: "hookcast" });
});

test("a deleted webhook is known to have been, and the cache's count goes on", async () => {
  expect(await openWebhookStore().findLocation(deletedId)).toMatchObject({
    webhookName: "gone",
    deletedTimeMs: publishedTimeMs + 1000,
  });
  const next = webhookWith({ webhookName: "next", webhookId: deletedId, topicName: "next" });
  expect(await openWebhookWriter().create(next, 1)).toBe("full");
});

test("messages are read, zipped or not, and are numbered on", async () => {
  const store = openMessageStore();
  expect(await store.find("orders", messageId)).toMatchObject({
    facts: { event: 101, sequenceNumber: 1, trace: { tracestate: "vendor=value" } },
    payload: { kind: "json", text: '{"total":12345678901234567890}' },
  });
  expect(await store.find("orders", zippedId)).toMatchObject({
    payload: { kind: "text", text: "a long text, ".repeat(200) },
  });
  expect(await store.nextNumbers("orders", "paid", 1)).toBe(4);
});

test("an idempotency key that was used stays used, and a quota that was taken stays taken", async () => {
  const request = { cacheName: "orders", topicName: "paid", idempotencyKey: "invoice-7" };
  const again = { ...request, requestHash: "", messageId: zippedId, nowMs: publishedTimeMs };
  expect(await openIdempotencyStore().claim(again)).toMatchObject({ messageId, sent: true });
  // Version 1 took a block of 12 of the minute's 600.
  const rest = openPublishQuota().take(keyId, 589, publishedTimeMs);
  await expect(rest).rejects.toThrow("at most 600");
  const forwarded = openHopQuota();
  await expect(forwarded.take("orders", 49, publishedTimeMs)).rejects.toThrow("at most 60");
});

test("what was sealed by an earlier version is opened", async () => {
  expect(Buffer.from(await openIngestSeal()())).toEqual(Buffer.alloc(32, 7));
});

test("a row of the outbox is published as it was written, and a refused one is known to be", async () => {
  const store = openOutboxStore();
  const [row] = await store.read(["order-42"]);
  if (!row) throw new Error("no row");
  expect(row).toMatchObject({ isRefused: false, mark: { N: String(publishedTimeMs) } });
  expect(readRow(row)).toMatchObject({
    draft: {
      cacheName: "orders",
      topicName: "paid",
      event: "order.paid",
      productId: 12345,
      hops: 1,
      idempotencyKey: "invoice-7",
      payload: { kind: "json", text: '{"total":12345678901234567890}' },
    },
  });
  expect(await store.read(["order-43"])).toMatchObject([{ isRefused: true }]);
});

test("the test events that a key has sent count", async () => {
  const rate = openTestRate();
  // The bucket is full again five seconds later.
  await expect(rate.take(keyId, publishedTimeMs)).rejects.toThrow("one test event a second");
  await expect(rate.take(keyId, publishedTimeMs + 1_000)).resolves.toBeUndefined();
});

test("what was suppressed is found by its minute, and what was told of it counts", async () => {
  const store = openSuppressedEvents();
  const shards = Array.from({ length: suppressedShards }, (_, shard) =>
    store.begunBy(shard, laterMs),
  );
  expect((await Promise.all(shards)).flat()).toEqual([
    {
      cacheName: "orders",
      startMs: windowStartMs(publishedTimeMs),
      counts: { failed: 240, disabled: 2, recovered: 1, limited: 0 },
      firstMessageId: messageId,
      lastMessageId: zippedId,
    },
  ]);
  const budget = openEventBudget();
  expect(await budget.take("orders", windowStartMs(publishedTimeMs))).toBe(true); // the 13th of 13
  expect(await budget.take("orders", windowStartMs(publishedTimeMs))).toBe(false);
});

test("deliveries and their attempts are listed, also by what they wait for", async () => {
  const log = openDeliveryLog();
  const span = [messageId, zippedId] as const;
  const all = await log.list(webhookId, { span, limit: 10 });
  expect(all.records.map(({ status }) => status)).toEqual(["delivered", "retrying"]);
  const retrying = await log.list(webhookId, { span, limit: 10, status: "retrying" });
  expect(retrying.records.map((record) => record.messageId)).toEqual([messageId]);
  expect((await log.find(webhookId, messageId))?.firstAttempt).toMatchObject({ statusCode: 500 });
  expect(await log.attempts(webhookId, messageId)).toMatchObject([{ attempt: 2 }]);
  expect(await openUndelivered().oldestTimeMs()).toBe(publishedTimeMs);
});

test("what waits for its time, or for a breaker, is still to be sent", async () => {
  const shards = Array.from({ length: 8 }, (_, shard) => openDueStore().due(shard, laterMs));
  const waits = { attempt: 4, payload: { text: '{"total":12}' }, message: { messageId } };
  expect((await Promise.all(shards)).flat()).toMatchObject([{ job: waits }]);
  const [parked, ...others] = await openParkStore().oldest(webhookId, 10);
  expect(others).toEqual([]);
  expect(parked?.job).toMatchObject(waits);
  // The lease of the next attempt is taken on the row that was stored.
  const head = await openDeliveryLog().find(webhookId, messageId);
  if (!head || !parked) throw new Error("no delivery");
  expect(await openDeliveryStore().lease(head, parked.job, laterMs)).toBe("taken");
});

test("a recovery goes on from its step", async () => {
  const store = openRecoveryStore();
  const recovery = await store.find(webhookId, jobId);
  expect(recovery).toMatchObject({ step: 2, plan: [{ messageId, generation: 2 }], matched: 3 });
  if (!recovery) throw new Error("no recovery");
  expect(await store.advance(recovery, { ...recovery, plan: [], progressTimeMs: laterMs })).toBe(
    true,
  );
});

test("recoveries hold the slots of their webhook and their cache", async () => {
  const running = { webhookId, jobId };
  const slots = await openRecoverySlots().read(webhookId, "orders");
  expect(slots).toEqual({ ofWebhook: running, ofCache: [running], version: 3 });
});

test("a topic's former webhook is found", async () => {
  const { webhooks } = await openFormerWebhooks().page("orders", "paid", undefined, 10);
  expect(webhooks).toMatchObject([{ webhookId: deletedId, webhookName: "gone" }]);
});

test("a webhook that is not ok is found by its cache", async () => {
  const unwell = openUnwellWebhooks();
  expect(await unwell.page(undefined, 10)).toEqual({ cacheNames: ["orders"], last: undefined });
  const found = await Array.fromAsync(unwell.inNameOrder("orders", { limit: 10 }));
  expect(found).toMatchObject([{ webhookId }]);
});

test("a cache is listed", async () => {
  expect(await openCacheList().page(undefined, 10)).toEqual({
    cacheNames: ["orders"],
    last: undefined,
  });
});

test("breakers tick on, and the heartbeat is heard", async () => {
  const store = openHealthStore();
  const breakers = (await store.withTimers()).map(({ breaker }) => breaker.kind);
  expect(breakers.sort()).toEqual(["draining", "draining", "open"]);
  expect(await store.find(webhookId)).toMatchObject({
    failures: 10,
    slowUntilMs: expect.any(Number),
  });
  expect(await store.heartbeat()).toEqual({ lastSuccessMs: publishedTimeMs, webhookId });
});

test("what was counted is read by the minute", async () => {
  const store = openStatsStore();
  const span = { fromMs: publishedTimeMs - 3_600_000, untilMs: laterMs };
  expect(await store.minutes(webhookId, span)).toEqual([
    {
      startMs: Date.UTC(2024, 0, 24, 23, 20),
      counts: {
        counters: { "2xx": 12, "3xx": 0, "4xx": 0, "5xx": 1, none: 2, failed: 0 },
        latencies: [0, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
      },
    },
  ]);
  expect(await store.latest(webhookId)).toMatchObject({ lastStatusCode: 503 });
});

test("a portal session still lets in, with the key that made it", async () => {
  const sessionId = "ses_01JDZ6C8D2E4F6G8H1J3K5M7N9";
  const scope = { cacheName: "orders", permissions: ["read", "resend"], topics: ["paid"] };
  expect(await openPortalSessionStore().find(sessionId)).toMatchObject({
    ...scope,
    theme: { name: "Client Inc.", mode: "dark" },
    createdBy: keyId,
  });
  expect(await openSessionGrants()(sessionId, keyId)).toMatchObject({
    session: { ...scope, audience: "public", expiresAt: 1_706_142_028 },
    key: { keyId },
  });
});

test("an API key still opens what it opened", async () => {
  expect(await openApiKeyStore().find(keyId)).toMatchObject({
    caches: ["orders", "*"],
    permissions: ["read", "manage", "publish"],
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});
