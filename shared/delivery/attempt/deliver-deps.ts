import { openNeighbours } from "../../domain/lanes/cache-pace.ts";
import { openWebhookClient } from "../../http/webhook-client.ts";
import { openDeadLetterQueue } from "../../queue/dead-letter-queue.ts";
import { openLaneQueues, openRetryQueue } from "../../queue/delivery-queue.ts";
import { openHandBack } from "../../queue/hand-back.ts";
import { readEnv } from "../../runtime/env.ts";
import { openDeliveryContextStore } from "../../store/deliveries/delivery-context.ts";
import { openDeliveryStore } from "../../store/deliveries/delivery-store.ts";
import { openCacheMarks } from "../../store/health/cache-marks.ts";
import { openHealthStore } from "../../store/health/health-store.ts";
import { openEventBudget } from "../../store/quotas/event-budget.ts";
import { openVault } from "../../store/secrets/vault.ts";
import { openDueStore } from "../../store/waiting/due-store.ts";
import { openParkStore } from "../../store/waiting/park-store.ts";
import { openSlotStore } from "../../store/waiting/slot-store.ts";
import { openSuppressedEvents } from "../../store/waiting/suppressed-events.ts";
import { openSuspensionStore } from "../../store/waiting/suspension-store.ts";
import { openWebhookWriter } from "../../store/webhooks/webhook-writer.ts";
import { openAnnouncer } from "../events/announcer.ts";
import { aws, type Platform } from "../events/platform.ts";
import { openAcceptDeps } from "../publish/publish-deps.ts";
import { openSentLately } from "../throttle/sent-lately.ts";
import { createParkingLot } from "./parking-lot.ts";
import { createRetryScheduler } from "./retry-scheduler.ts";

/** Everything that the delivery function works with. */
export function openDeliverDeps(platform: Platform = aws) {
  const { database, sender, now, random } = platform;
  const env = readEnv(
    "ALLOW_PRIVATE_DESTINATIONS",
    "RETENTION_DAYS",
    "LOGS_SUCCESSES",
    "RETRY_SCHEDULE_SECONDS",
    "MAX_DRAIN_RATE",
    "TRACING",
    "DELIVERY_QUEUE_URLS",
    "NEWCOMER_QUEUE_URL",
    "SLOW_QUEUE_URL",
    "RETRY_QUEUE_URL",
  );
  const furtherQueues = [env.NEWCOMER_QUEUE_URL, env.SLOW_QUEUE_URL, env.RETRY_QUEUE_URL];
  const queueUrls = [...env.DELIVERY_QUEUE_URLS, ...furtherQueues];
  const publishing = openAcceptDeps(platform);
  const { messages, webhooks, retentionDays, timers } = publishing;
  const [retries, due, park] = [
    openRetryQueue(sender),
    openDueStore(database),
    openParkStore(database),
  ];
  const [budget, suppressed] = [openEventBudget(database), openSuppressedEvents(database)];
  const cacheMarks = openCacheMarks(database);
  return {
    messages,
    webhooks,
    retries,
    laneQueues: openLaneQueues(sender),
    suspensions: openSuspensionStore(database, now),
    park,
    cacheMarks,
    neighbours: openNeighbours(),
    contexts: openDeliveryContextStore(cacheMarks, database),
    writer: openWebhookWriter(database),
    deliveries: openDeliveryStore(database),
    healths: openHealthStore(database, now),
    slots: openSlotStore(database),
    sentLately: openSentLately(),
    retryScheduler: createRetryScheduler({ retries, due, retentionDays, now }),
    parkingLot: createParkingLot({ park, retentionDays, timers }),
    announcer: openAnnouncer({ ...publishing, budget, suppressed }),
    poison: openDeadLetterQueue(sender),
    handBack: openHandBack(queueUrls, sender),
    vault: openVault(),
    client: openWebhookClient({ allowPrivate: env.ALLOW_PRIVATE_DESTINATIONS }),
    schedule: env.RETRY_SCHEDULE_SECONDS,
    maxDrainRate: env.MAX_DRAIN_RATE,
    tracing: env.TRACING,
    logsSuccesses: env.LOGS_SUCCESSES,
    retentionDays,
    now,
    timers,
    random,
  };
}
