import { openDeliveryQueue, openFanOutQueue } from "../../queue/queues.ts";
import { readEnv } from "../../runtime/env.ts";
import { openIdempotencyStore } from "../../store/messages/idempotency-store.ts";
import { openMessageStore } from "../../store/messages/message-store.ts";
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
