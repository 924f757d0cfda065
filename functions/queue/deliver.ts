import { type BreakerTimer, type DeliveryJob, DeliveryWork } from "../../shared/contract/jobs.ts";
import { readSignatures } from "../../shared/contract/values/signature-recipe.ts";
import { openAnnouncer } from "../../shared/delivery/announcer.ts";
import { openAccessTokens } from "../../shared/delivery/attempt/access-tokens.ts";
import { type BatchDeps, deliverBatch } from "../../shared/delivery/attempt/deliver-batch.ts";
import { openSentLately } from "../../shared/delivery/attempt/refusal-watch.ts";
import {
  type BreakerTimerDeps,
  handleBreakerTimer,
} from "../../shared/delivery/breaker/handle-breaker-timer.ts";
import { aws, type Platform } from "../../shared/delivery/platform.ts";
import { openAcceptDeps } from "../../shared/delivery/publish/publish-deps.ts";
import { createParkingLot, createRetryScheduler } from "../../shared/delivery/retry-scheduler.ts";
import { openNeighbours } from "../../shared/domain/breaker/slowness.ts";
import { traceIdOf } from "../../shared/domain/requests/trace-context.ts";
import { openWebhookClient } from "../../shared/http/webhook-client.ts";
import {
  openDeadLetterQueue,
  openHandBack,
  openLaneQueues,
  openRetryQueue,
} from "../../shared/queue/queues.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import {
  type DeadLetterQueue,
  type HandBack,
  type Item,
  queueWorker,
} from "../../shared/runtime/queue-worker.ts";
import {
  openDeliveryContextStore,
  openDeliveryHeads,
} from "../../shared/store/deliveries/delivery-context.ts";
import { openDeliveryStore } from "../../shared/store/deliveries/delivery-store.ts";
import { openCacheMarks, openSuspensionStore } from "../../shared/store/health/cache-state.ts";
import { openHealthStore } from "../../shared/store/health/health-store.ts";
import { openStatsCounter } from "../../shared/store/health/stats-counter.ts";
import {
  openEventBudget,
  openSuppressedEvents,
} from "../../shared/store/messages/operational-events.ts";
import { openSigningKeyRing } from "../../shared/store/secrets/signing-key-ring.ts";
import { openTokenStore } from "../../shared/store/secrets/token-store.ts";
import { openVault } from "../../shared/store/secrets/vault.ts";
import { openSlotStore } from "../../shared/store/waiting/slot-store.ts";
import { openDueStore, openParkStore } from "../../shared/store/waiting/waiting-jobs.ts";
import { openWebhookWriter } from "../../shared/store/webhooks/webhook-writer.ts";

interface Deps extends BatchDeps, BreakerTimerDeps {
  readonly deadLetterQueue: DeadLetterQueue;
  readonly handBack: HandBack;
  readonly webhooks: BatchDeps["webhooks"];
  readonly healths: BatchDeps["healths"];
  readonly retries: BreakerTimerDeps["retries"];
  readonly slots: BreakerTimerDeps["slots"];
  readonly messages: BatchDeps["messages"] & BreakerTimerDeps["messages"];
  readonly announcer: BatchDeps["announcer"];
}

/** Makes the attempts of a batch, and takes the steps of breakers whose timers are among them. */
export async function deliver(
  items: readonly Item<DeliveryWork>[],
  deps: Deps,
  timeLeftMs: () => number,
): Promise<PromiseSettledResult<void>[]> {
  const jobs = items.filter(isAttempt);
  const ticks = items.filter((item) => !isAttempt(item)).map(({ job }) => job as BreakerTimer); // the other half
  const [attempted, ticked] = await Promise.all([
    jobs.length > 0 ? deliverBatch(jobs, deps, timeLeftMs) : [],
    Promise.allSettled(ticks.map((tick) => handleBreakerTimer(tick, deps))),
  ]);
  const [attempts, steps] = [attempted.values(), ticked.values()];
  return items.map((item) => (isAttempt(item) ? attempts : steps).next().value ?? unanswered);
}

const unanswered = { status: "rejected", reason: new Error("no result") } as const;

function isAttempt(item: Item<DeliveryWork>): item is Item<DeliveryJob> {
  return "message" in item.job;
}

export const handler = queueWorker(DeliveryWork, deliver, openDeliverDeps, (work) =>
  "message" in work ? { traceId: traceIdOf(work.message) } : {},
);

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
    "CONSOLE_URL",
    "SIGNATURES",
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
  const vault = openVault();
  const signingKeys = openSigningKeyRing(vault, database);
  return {
    messages,
    webhooks,
    retries,
    laneQueues: openLaneQueues(sender),
    suspensions: openSuspensionStore(database, now),
    park,
    cacheMarks,
    neighbours: openNeighbours(),
    contexts: openDeliveryContextStore(cacheMarks, signingKeys, database),
    writer: openWebhookWriter(database),
    deliveries: openDeliveryStore(database),
    heads: openDeliveryHeads(database),
    healths: openHealthStore(database, now),
    counter: openStatsCounter(database),
    slots: openSlotStore(database),
    sentLately: openSentLately(),
    retryScheduler: createRetryScheduler({ retries, due, retentionDays, now }),
    parkingLot: createParkingLot({ park, retentionDays, timers }),
    announcer: openAnnouncer({ ...publishing, budget, suppressed }),
    deadLetterQueue: openDeadLetterQueue(sender),
    handBack: openHandBack(queueUrls, sender),
    vault,
    signingKeys,
    accessTokens: openAccessTokens({ tokens: openTokenStore(database), vault, timers, now }),
    client: openWebhookClient({ allowPrivate: env.ALLOW_PRIVATE_DESTINATIONS }),
    schedule: env.RETRY_SCHEDULE_SECONDS,
    maxDrainRate: env.MAX_DRAIN_RATE,
    tracing: env.TRACING,
    consoleUrl: env.CONSOLE_URL,
    signatures: readSignatures(env.SIGNATURES),
    logsSuccesses: env.LOGS_SUCCESSES,
    retentionDays,
    now,
    timers,
    random,
  };
}
