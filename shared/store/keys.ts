import { shardOf } from "../domain/hash.ts";

/** A row's primary key. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/**
 * Every key of every table. Parts are joined with a slash, which no name may hold, so no name can forge
 * a separator; names go in as they are, since encoded ones would not fit DynamoDB's limits.
 */
function join(...parts: (string | number)[]): string {
  return parts.join("/");
}

export const hourMs = 3_600_000;

/** The partition of the index over deliveries that are not delivered. */
export function undeliveredKey(webhookId: string, status: string): string {
  return join(webhookId, status);
}

export const undeliveredIndex = { name: "undelivered", key: "undelivered" } as const;

/** The index over deliveries that have an attempt to come, whichever webhook's, oldest message first. */
export const waitingIndex = { name: "waiting", key: "waiting" } as const;

/** Only ever raised: a sweep looks into each of them. */
export const waitingShards = 8;

export function waitingKey(shard: number): string {
  return String(shard);
}

/** Thirteen digits hold every epoch millisecond until the year 2286, so texts sort as the times do. */
function sortable(timeMs: number): string {
  return String(timeMs).padStart(13, "0");
}

export const keys = {
  webhook: (cacheName: string, webhookName: string): Key => ({
    pk: join("cache", cacheName),
    sk: join("webhook", webhookName),
  }),
  webhooksOfCache: (cacheName: string) => ({ pk: join("cache", cacheName), prefix: "webhook/" }),
  /** That the topic had the webhook and has it no more. */
  former: (cacheName: string, topicName: string, webhookId: string): Key => ({
    pk: join("former", cacheName, topicName),
    sk: webhookId,
  }),
  /** That a cache is there: it is put with each of its webhooks, and stays when they go. */
  cache: (cacheName: string): Key => ({ pk: "caches", sk: cacheName }),
  webhookCount: (cacheName: string): Key => ({ pk: join("cache", cacheName), sk: "count" }),
  webhookId: (webhookId: string): Key => ({ pk: join("id", webhookId), sk: "webhook" }),
  /** Padded, so that versions sort as numbers do. */
  settings: (webhookId: string, version: number): Key => ({
    pk: join("settings", webhookId),
    sk: String(version).padStart(10, "0"),
  }),
  subscription: (cacheName: string, topicName: string, webhookName: string): Key => ({
    pk: join("topic", cacheName, topicName),
    sk: join("webhook", webhookName),
  }),
  /** Sorts before every subscription of the topic, so the first page of them shows it. */
  topicFlags: (cacheName: string, topicName: string): Key => ({
    pk: join("topic", cacheName, topicName),
    sk: "flags",
  }),
  /** The key pairs by which deliveries of a cache are signed for anyone to verify. */
  signingKeys: (cacheName: string): Key => ({ pk: join("signing-keys", cacheName), sk: "keys" }),
  /** The access token by which deliveries of a webhook are authorized. */
  token: (webhookId: string): Key => ({ pk: join("token", webhookId), sk: "token" }),
  /** What publishes read of an event type: its settings and its schema. */
  eventType: (topicName: string, event: string | number): Key => ({
    pk: join("event-type", topicName, event),
    sk: "current",
  }),
  /** A version of its schema with its examples. Padded, so that versions sort as numbers do. */
  eventTypeVersion: (topicName: string, event: string | number, schemaVersion: number): Key => ({
    pk: join("event-type", topicName, event),
    sk: join("version", String(schemaVersion).padStart(10, "0")),
  }),
  /** Its place in the list of all, by topic and event. */
  eventTypeEntry: (topicName: string, event: string | number): Key => ({
    pk: "event-types",
    sk: join(topicName, event),
  }),
  eventTypesOf: (topicName: string) => ({ pk: "event-types", prefix: `${topicName}/` }),
  dataKey: (keyNumber: number): Key => ({ pk: "vault", sk: join("data-key", keyNumber) }),
  dataKeys: { pk: "vault", prefix: "data-key/" },
  /** In a partition of its own, which no function may write. */
  currentDataKey: { pk: "current-data-key", sk: "number" } satisfies Key,

  message: (cacheName: string, timeMs: number, shard: number, messageId: string): Key => ({
    pk: join("message", cacheName, Math.floor(timeMs / hourMs), shard),
    sk: messageId,
  }),
  idempotency: (cacheName: string, topicName: string, keyHash: string): Key => ({
    pk: join("idem", cacheName, topicName, keyHash),
    sk: "claim",
  }),
  sequence: (cacheName: string, topicName: string): Key => ({
    pk: join("sequence", cacheName, topicName),
    sk: "count",
  }),
  publishQuota: (keyId: string, minute: number): Key => ({
    pk: join("quota", keyId, minute),
    sk: "count",
  }),
  hopQuota: (cacheName: string, minute: number): Key => ({
    pk: join("hops", cacheName, minute),
    sk: "count",
  }),

  /** By which ingest seals the identities of bodies; made once, and nobody's to change. */
  ingestSeal: { pk: "ingest-seal", sk: "key" } satisfies Key,
  testRate: (keyId: string): Key => ({ pk: join("test-rate", keyId), sk: "bucket" }),
  /** How many single events a cache has had in the minute that began then. */
  eventBudget: (cacheName: string, startMs: number): Key => ({
    pk: join("events", cacheName, startMs),
    sk: "count",
  }),

  delivery: (webhookId: string, shard: number, messageId: string): Key => ({
    pk: join("w", webhookId, shard),
    sk: messageId,
  }),
  attemptsOf: (webhookId: string, messageId: string) => join("a", webhookId, messageId),
  attempt: (webhookId: string, messageId: string, generation: number, attempt: number): Key => ({
    pk: join("a", webhookId, messageId),
    // Padded, so that a query answers attempts in the order in which they were made.
    sk: join(String(generation).padStart(6, "0"), String(attempt).padStart(3, "0")),
  }),

  /** What happened to a webhook's deliveries in the ten minutes of that number since 1970. */
  stats: (webhookId: string, tenMinutes: number): Key => ({
    pk: join("stats", webhookId),
    sk: String(tenMinutes).padStart(8, "0"),
  }),

  recovery: (webhookId: string, jobId: string): Key => ({
    pk: join("recovery", webhookId),
    sk: jobId,
  }),
  /** Beside the webhook's jobs, whose ids begin otherwise. */
  recoverySlot: (webhookId: string): Key => ({ pk: join("recovery", webhookId), sk: "slot" }),
  cacheRecoveries: (cacheName: string): Key => ({
    pk: join("recoveries", cacheName),
    sk: "running",
  }),

  due: (shard: number, dueTimeMs: number, job: string): Key => ({
    pk: join("due", shard),
    sk: join(sortable(dueTimeMs), job),
  }),
  parked: (webhookId: string, shard: number, notBeforeMs: number, job: string): Key => ({
    pk: join("park", webhookId, shard),
    sk: join(sortable(notBeforeMs), job),
  }),
  suppressedEvents: (shard: number, startMs: number, cacheName: string): Key => ({
    pk: join("suppressed", shard),
    sk: join(sortable(startMs), cacheName),
  }),
  /** When it is told that the certificate of a webhook expires in so many days. */
  certificateNotice: (timeMs: number, webhookId: string, days: number): Key => ({
    pk: "certificates",
    sk: join(sortable(timeMs), webhookId, days),
  }),
  /** Sorts behind every row of that time and earlier. */
  upTo: (timeMs: number) => join(sortable(timeMs + 1)),

  health: (webhookId: string): Key => ({ pk: join("health", webhookId), sk: "health" }),
  /** The moments at which a webhook with a rate may be posted to: which are given out. */
  slots: (webhookId: string): Key => ({ pk: join("slots", webhookId), sk: "next" }),
  /** The webhooks whose breaker is not closed, so that a lost timer can be found. */
  breaker: (webhookId: string): Key => ({ pk: "breakers", sk: webhookId }),
  /** The webhooks of a cache that may be anything but ok, and the caches that have some. */
  unwell: (cacheName: string, webhookName: string): Key => ({
    pk: join("unwell", cacheName),
    sk: webhookName,
  }),
  unwellCache: (cacheName: string): Key => ({ pk: "unwell-caches", sk: cacheName }),
  /** The caches that are stopped, all in one row. */
  suspensions: { pk: "suspensions", sk: "caches" } satisfies Key,
  /** Whether many webhooks of a cache are slow at once, and how many have turned slow in a minute. */
  cacheMark: (cacheName: string): Key => ({ pk: join("slow", cacheName), sk: "mark" }),
  slowCount: (cacheName: string, minute: number): Key => ({
    pk: join("slow", cacheName),
    sk: join("count", minute),
  }),
  heartbeat: { pk: "heartbeat", sk: "success" } satisfies Key,
} as const;

/** Spreads one webhook's log over partitions, each of which takes 1,000 write units a second. */
export const deliveryShards = 4;

/** Where the head row of a delivery is. */
export function deliveryKey(webhookId: string, messageId: string): Key {
  return keys.delivery(webhookId, shardOf(messageId, deliveryShards), messageId);
}
