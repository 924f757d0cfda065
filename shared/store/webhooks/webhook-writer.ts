import { defaultHorizonMs, expiryOf } from "../../domain/attempts/retry-schedule.ts";
import { dayMs, noticeDays } from "../../domain/messages/operational-event.ts";
import { sealedFieldNames } from "../../domain/webhooks/sealed.ts";
import { settingsVersionOf, type WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { newcomerChanges } from "../health/health-store.ts";
import { openUnwellIndex } from "../health/unwell-index.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Expression } from "../table/rows.ts";
import { conflict } from "../table/table.ts";
import { flagChanges } from "./topic-flags.ts";

type Written = "written" | typeof conflict;

export interface WebhookWriter {
  /**
   * Refuses with `full` when the cache already holds as many webhooks as it may. This one and `replace` throw
   * when it would have more listeners of operational events than it may.
   */
  create(next: WebhookRecord, webhooksPerCache: number): Promise<Written | "full">;
  replace(previous: WebhookRecord, next: WebhookRecord): Promise<Written>;
  /** Leaves a tombstone under the id until `expiresAt` (epoch seconds), so that its log stays readable. */
  remove(previous: WebhookRecord, deletedTimeMs: number, expiresAt: number): Promise<Written>;
}

/**
 * Writes of webhooks. The truth, subscription and id rows, the settings of each version, health, the cache's entry and
 * count and the topic's flags change in one transaction or not at all; the truth row's version decides a race. Before it
 * one that becomes inactive is put into the index of those that are not ok.
 */
export function openWebhookWriter(database: Database = dynamoDatabase): WebhookWriter {
  const env = readEnv("WEBHOOKS_TABLE", "RETENTION_DAYS");
  const table = database.open(env.WEBHOOKS_TABLE);
  const unwellIndex = openUnwellIndex(database);
  /** No attempt of the version is in the log any longer. */
  const expiryAfter = (changedTimeMs: number) =>
    expiryOf(changedTimeMs + defaultHorizonMs, env.RETENTION_DAYS);

  /** Whoever looks for a message's deliveries still finds the webhook under the topic that it leaves. */
  const moveSubscription = (previous: WebhookRecord, next: WebhookRecord) => [
    table.deleting(subscriptionKey(previous)),
    table.putting(formerRow(previous, expiryAfter(next.lastModifiedTimeMs))),
    table.deleting(formerKey(next)),
  ];

  /** What is told of a certificate before it expires: nothing any more of one that was replaced or removed. */
  const changeNotices = (previous: WebhookRecord | undefined, next: WebhookRecord | undefined) => {
    if (expiryMsOf(previous) === expiryMsOf(next)) return [];
    return [
      ...(previous ? noticeKeys(previous).map((key) => table.deleting(key)) : []),
      ...(next ? noticeRows(next).map((row) => table.putting(row)) : []),
    ];
  };

  return {
    async create(next, webhooksPerCache) {
      const { cacheName, webhookName, webhookId } = next;
      const countIsFree = {
        text: "attribute_not_exists(#count) OR #count < :limit",
        values: { ":limit": webhooksPerCache },
      };
      const lost = await database.transact([
        table.putting(truthRow(next), { text: "attribute_not_exists(pk)" }),
        table.updating(keys.webhookCount(cacheName), add("count", 1), countIsFree),
        table.putting({ ...keys.webhookId(webhookId), v: 1, cacheName, webhookName }),
        table.putting({ ...keys.cache(cacheName), v: 1 }),
        table.putting(subscriptionRow(next)),
        table.putting(settingsRow(next)),
        ...(await newcomerChanges(table, undefined, next)),
        ...(await flagChanges(table, undefined, next)),
        ...changeNotices(undefined, next),
      ]);
      if (!lost) return "written";
      return lost.failed.includes(1) && !lost.failed.includes(0) ? "full" : conflict;
    },
    async replace(previous, next) {
      if (next.status === "inactive") await unwellIndex.add(next, next.lastModifiedTimeMs);
      const moved = previous.topicName !== next.topicName;
      const lost = await database.transact([
        table.putting(truthRow(next), unchangedSince(previous)),
        ...(moved ? moveSubscription(previous, next) : []),
        table.putting(subscriptionRow(next)),
        table.putting(settingsRow(previous, expiryAfter(next.lastModifiedTimeMs))),
        table.putting(settingsRow(next)),
        ...(await newcomerChanges(table, previous, next)),
        ...(await flagChanges(table, previous, next)),
        ...changeNotices(previous, next),
      ]);
      return lost ? conflict : "written";
    },
    async remove(previous, deletedTimeMs, expiresAt) {
      const { cacheName, webhookName, webhookId, topicName } = previous;
      const tombstone = { v: 1, cacheName, webhookName, topicName, deletedTimeMs, expiresAt };
      const lost = await database.transact([
        table.deleting(keys.webhook(cacheName, webhookName), unchangedSince(previous)),
        table.updating(keys.webhookCount(cacheName), add("count", -1)),
        table.putting({ ...keys.webhookId(webhookId), ...tombstone }),
        table.deleting(subscriptionKey(previous)),
        table.putting(formerRow(previous, expiryAfter(deletedTimeMs))),
        table.putting(settingsRow(previous, expiryAfter(deletedTimeMs))),
        ...(await flagChanges(table, previous, undefined)),
        ...changeNotices(previous, undefined),
      ]);
      return lost ? conflict : "written";
    },
  };
}

function truthRow(record: WebhookRecord) {
  return { ...keys.webhook(record.cacheName, record.webhookName), ...record };
}

/** What a version has: kept for as long as it is the current one, and then until `expiresAt` (epoch seconds). */
function settingsRow(record: WebhookRecord, expiresAt?: number) {
  const { webhookId, version } = record;
  return { ...keys.settings(webhookId, version), ...settingsVersionOf(record), expiresAt };
}

function formerKey({ cacheName, topicName, webhookId }: WebhookRecord) {
  return keys.former(cacheName, topicName, webhookId);
}

function formerRow(record: WebhookRecord, expiresAt: number) {
  return { ...formerKey(record), v: 1, expiresAt };
}

function subscriptionKey({ cacheName, topicName, webhookName }: WebhookRecord) {
  return keys.subscription(cacheName, topicName, webhookName);
}

function subscriptionRow(record: WebhookRecord) {
  const { webhookId, webhookName, productId, events, status, filter } = record;
  const facts = { webhookId, webhookName, productId, events, status, filter };
  return { ...subscriptionKey(record), v: 1, ...facts };
}

function expiryMsOf(record: WebhookRecord | undefined): number | undefined {
  return record?.clientCertificate?.expiryTimeMs;
}

/** Where it waits to be told that the webhook's certificate expires; what was told, or had passed, is there no more. */
export function noticeKeys({ webhookId, clientCertificate }: WebhookRecord): Key[] {
  if (!clientCertificate) return [];
  const { expiryTimeMs } = clientCertificate;
  return noticeDays.map((days) =>
    keys.certificateNotice(expiryTimeMs - days * dayMs, webhookId, days),
  );
}

/** Nobody is told of what has passed when the certificate is put: who has just put it knows. */
function noticeRows(record: WebhookRecord) {
  const { webhookId, cacheName, webhookName, lastModifiedTimeMs } = record;
  const expiryTimeMs = expiryMsOf(record) ?? 0;
  return noticeKeys(record).flatMap((key, index) => {
    const days = noticeDays[index] ?? 0;
    if (expiryTimeMs - days * dayMs <= lastModifiedTimeMs) return [];
    return [{ ...key, v: 1, webhookId, cacheName, webhookName, expiryTimeMs, days }];
  });
}

/**
 * The id as well as the version: a webhook that was deleted and put again counts from 1 anew. And what is
 * sealed, since a rotation of the data key seals it again without counting: texts that were read before it
 * must not come back.
 */
function unchangedSince(previous: WebhookRecord): Expression {
  const { webhookId, version } = previous;
  const sealed = sealedFieldNames.filter((name) => previous[name] !== undefined);
  return {
    text: [
      "webhookId = :webhookId",
      "version = :version",
      ...sealed.map((name) => `${name} = :old_${name}`),
    ].join(" AND "),
    values: {
      ":webhookId": webhookId,
      ":version": version,
      ...Object.fromEntries(sealed.map((name) => [`:old_${name}`, previous[name]])),
    },
  };
}

function add(counter: string, by: number): Expression {
  return { text: "ADD #count :by", names: { "#count": counter }, values: { ":by": by } };
}
