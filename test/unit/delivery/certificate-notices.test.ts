import { expect, test } from "vitest";
import { tellOfCertificates } from "../../../shared/delivery/sweep/tell-of-certificates.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import { dayMs } from "../../../shared/domain/messages/operational-event.ts";
import {
  changeWebhook,
  type WebhookRecord,
} from "../../../shared/domain/webhooks/webhook-record.ts";
import { hourMs, keys } from "../../../shared/store/keys.ts";
import { openTable } from "../../../shared/store/table/table.ts";
import { openCertificateNotices } from "../../../shared/store/webhooks/certificate-notices.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import { webhookWith } from "../samples.ts";
import { useTables } from "../store/embedded-tables.ts";
import { dispatchDeps, subscribersOf, subscriptionWith } from "./publish/dispatch-deps.ts";

useTables();
const writer = openWebhookWriter();
const notices = openCertificateNotices();

/** The minute in which it is told, of an hour that begins a day. */
const startMs = Date.UTC(2030, 0, 1, 0, 15);
let count = 0;

const certificateUntil = (expiryTimeMs: number, id = "1") => ({
  clientCertificate: { id, certificatePem: "pem", expiryTimeMs },
});

/** One that is put at the start, with a certificate that has so many days. */
async function put(days: number, changes: Partial<WebhookRecord> = {}): Promise<WebhookRecord> {
  count += 1;
  const webhook = webhookWith({
    webhookId: mintId("whk", startMs, Buffer.alloc(10, count)),
    webhookName: `w-${count}`,
    topicName: `t-${count}`,
    createdTimeMs: startMs,
    lastModifiedTimeMs: startMs,
    ...certificateUntil(startMs + days * dayMs),
    ...changes,
  });
  expect(await writer.create(webhook, 1_000)).toBe("written");
  return webhook;
}

/** Sweeps at that time, and returns what whoever listens is sent; of one webhook, since all share the table. */
async function toldAt(
  nowMs: number,
  { webhookId }: Pick<WebhookRecord, "webhookId">,
  { hasListener = true, queue = true } = {},
) {
  const listener = subscriptionWith({ webhookName: "on-call" });
  const { deps, trace } = dispatchDeps(subscribersOf(hasListener ? [listener] : []), {
    now: () => nowMs,
    ...(!queue && {
      deliveries: { send: async (jobs: readonly unknown[]) => [...jobs] as never[] }, // took none
    }),
  });
  await tellOfCertificates(nowMs + 60_000, { notices, publishing: deps, now: () => nowMs });
  return trace.jobs.flatMap(({ message, payload }) => {
    const value = payload?.kind === "json" ? JSON.parse(payload.text) : {};
    return value.webhookId === webhookId ? [{ message, value }] : [];
  });
}

test("tells of a certificate 30 and 7 days before it expires, once each", async () => {
  const webhook = await put(40);
  const told: unknown[] = [];
  for (let day = 0; day <= 41; day += 1) {
    for (const { value } of await toldAt(startMs + day * dayMs, webhook)) told.push([day, value]);
  }
  const { webhookId, webhookName } = webhook;
  const facts = { webhookId, webhookName, expiryTime: "2030-02-10T00:15:00Z" };
  expect(told).toEqual([
    [10, { ...facts, daysLeft: 30 }],
    [33, { ...facts, daysLeft: 7 }],
  ]);
});

test("the event is one of the service's own, in the webhook's cache", async () => {
  const webhook = await put(31);
  const [told] = await toldAt(startMs + dayMs, webhook);
  expect(told?.message).toMatchObject({
    cacheName: webhook.cacheName,
    topicName: "$hookcast",
    event: "hookcast.certificate.expiring",
  });
});

test("looks once an hour", async () => {
  const webhook = await put(31);
  for (let minute = 1; minute < 60; minute += 1) {
    expect(await toldAt(startMs + dayMs + minute * 60_000, webhook)).toEqual([]);
  }
  expect(await toldAt(startMs + dayMs + hourMs, webhook)).toHaveLength(1);
});

test("says nothing of what had passed when the certificate was put", async () => {
  const [some, none] = [await put(20), await put(5)];
  const days = [0, 12, 13, 14, 20].map((day) => startMs + day * dayMs);
  let told = 0;
  for (const timeMs of days) {
    told += (await toldAt(timeMs, some)).length;
    expect(await toldAt(timeMs, none)).toEqual([]);
  }
  expect(told).toBe(1);
});

test.each([
  [
    "renewed",
    (webhook: WebhookRecord) => replace(webhook, certificateUntil(startMs + 400 * dayMs)),
  ],
  ["removed", (webhook: WebhookRecord) => replace(webhook, { clientCertificate: undefined })],
  [
    "gone with its webhook",
    (webhook: WebhookRecord) => writer.remove(webhook, startMs, startMs / 1_000),
  ],
])("says nothing of a certificate that was %s", async (_, change) => {
  const webhook = await put(31);
  await change(webhook);
  expect(await toldAt(startMs + dayMs, webhook)).toEqual([]);
  expect(await toldAt(startMs + 24 * dayMs, webhook)).toEqual([]);
});

async function replace(webhook: WebhookRecord, changes: Partial<WebhookRecord>, nowMs = startMs) {
  const next = changeWebhook(webhook, changes, nowMs);
  expect(await writer.replace(webhook, next)).toBe("written");
  return next;
}

test("tells once although the webhook is changed before and after", async () => {
  const webhook = await put(31);
  const renamed = await replace(webhook, { url: "https://a.example/" }, startMs + 2 * dayMs);
  expect(await toldAt(startMs + 2 * dayMs, webhook)).toHaveLength(1);
  await replace(renamed, { url: "https://b.example/" }, startMs + 3 * dayMs);
  expect(await toldAt(startMs + 3 * dayMs, webhook)).toEqual([]);
});

test("a deployment without anybody who listens forgets it, and one whose queue is full does not", async () => {
  const webhook = await put(31);
  expect(await toldAt(startMs + dayMs, webhook, { queue: false })).toEqual([]);
  const [told] = await toldAt(startMs + dayMs + hourMs, webhook);
  expect(told).toBeDefined();
  const other = await put(31);
  expect(await toldAt(startMs + dayMs, other, { hasListener: false })).toEqual([]);
  expect(await toldAt(startMs + 2 * dayMs, other)).toEqual([]);
});

const rows = () => openTable(process.env.WEBHOOKS_TABLE ?? "");

test("tells again under the same messageId what may have been told already", async () => {
  const webhook = await put(31);
  const key = keys.certificateNotice(startMs + dayMs, webhook.webhookId, 30);
  const row = await rows().get(key);
  const [first] = await toldAt(startMs + dayMs, webhook);
  await rows().put({ ...row, ...key });
  const [second] = await toldAt(startMs + dayMs + hourMs, webhook);
  expect(second?.message.messageId).toBe(first?.message.messageId);
});

test("a row that cannot be read holds up no other", async () => {
  const webhook = await put(31);
  await rows().put({ ...keys.certificateNotice(startMs, "whk_odd", 30), v: 99 });
  expect(await toldAt(startMs + dayMs, webhook)).toHaveLength(1);
});
