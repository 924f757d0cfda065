import { randomBytes } from "node:crypto";
import type { TraceContext, TraceHeaders } from "../../contract/values/publish-headers.ts";
import { newTrace, readTrace } from "../../domain/requests/trace-context.ts";
import { openDeliveryQueue, openFanOutQueue } from "../../queue/queues.ts";
import { readEnv } from "../../runtime/env.ts";
import { openSuspensionStore, type SuspensionStore } from "../../store/health/cache-state.ts";
import { openIdempotencyStore } from "../../store/messages/idempotency-store.ts";
import { openMessageStore } from "../../store/messages/message-store.ts";
import { type MinuteQuota, openHopQuota, openPublishQuota } from "../../store/messages/quotas.ts";
import { openWebhookStore } from "../../store/webhooks/webhook-store.ts";
import { aws, type Platform } from "../platform.ts";
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
