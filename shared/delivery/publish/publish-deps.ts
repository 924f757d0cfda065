import { randomBytes } from "node:crypto";
import type { TraceContext, TraceHeaders } from "../../contract/values/publish-headers.ts";
import { newTrace, readTrace } from "../../domain/requests/outgoing-request.ts";
import { openDeliveryQueue, openFanOutQueue } from "../../queue/queues.ts";
import { type Sender, sqsSender } from "../../queue/send-batch.ts";
import { readEnv } from "../../runtime/env.ts";
import { realTimers, type Timers } from "../../runtime/timers.ts";
import { openSuspensionStore, type SuspensionStore } from "../../store/health/cache-state.ts";
import { openIdempotencyStore, openMessageStore } from "../../store/messages/message-store.ts";
import { type MinuteQuota, openHopQuota, openPublishQuota } from "../../store/messages/quotas.ts";
import { type Database, dynamoDatabase } from "../../store/table/database.ts";
import { openWebhookStore } from "../../store/webhooks/webhook-store.ts";
import type { AcceptDeps } from "./publish-messages.ts";
import type { DispatchDeps } from "./store-and-enqueue.ts";

/** What it takes to store messages and send them on their way. */
export function openDispatchDeps({ database, sender }: Platform = aws) {
  return {
    messages: openMessageStore(database),
    webhooks: openWebhookStore(database),
    deliveries: openDeliveryQueue(sender),
    fanOut: openFanOutQueue(sender),
    retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
  } satisfies DispatchDeps;
}

/** What it takes to publish, for every function that does, but for the budget of what is forwarded. */
export function openAcceptDeps(platform: Platform = aws) {
  const { database, timers, now, randomBytes } = platform;
  return {
    ...openDispatchDeps(platform),
    claims: openIdempotencyStore(database),
    now,
    timers,
    randomBytes,
  } satisfies Omit<AcceptDeps, "hopQuota">;
}

/** The same for every entrance: whom a quota counts, and which caches take nothing. */
export interface EntranceDeps extends AcceptDeps {
  readonly quota: MinuteQuota;
  readonly suspensions: Pick<SuspensionStore, "has">;
}

/** The same for those who publish on behalf of a key, which may have a quota. */
export interface PublishDeps extends EntranceDeps {
  /** Whether messages belong to traces. */
  readonly tracing: boolean;
}

export function openPublishDeps(platform: Platform = aws): PublishDeps {
  const { database, now } = platform;
  const { TRACING: tracing } = readEnv("TRACING");
  const suspensions = openSuspensionStore(database, now);
  return {
    ...openAcceptDeps(platform),
    suspensions,
    hopQuota: openHopQuota(database),
    quota: openPublishQuota(database),
    tracing,
  };
}

/** The trace of what a request publishes: the caller's, or one that begins here. */
export function traceOf(
  headers: TraceHeaders,
  { tracing }: { readonly tracing: boolean },
): TraceContext | undefined {
  return tracing ? (readTrace(headers) ?? newTrace(randomBytes(24))) : undefined;
}

/** What publishing and delivering run on. */
export interface Platform {
  readonly database: Database;
  readonly sender: Sender;
  readonly timers: Timers;
  readonly now: () => number;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}

export const aws: Platform = {
  database: dynamoDatabase,
  sender: sqsSender,
  timers: realTimers,
  now: Date.now,
  random: Math.random,
  randomBytes,
};
