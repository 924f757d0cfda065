import { Lazy } from "aws-cdk-lib";
import type { IngestSource } from "../../shared/contract/ingest.ts";
import type { Egress } from "../egress.ts";
import type { IngestQueue, Queues } from "../queues.ts";
import type { Settings } from "../settings/settings.ts";
import type { Storage } from "../storage.ts";
import {
  countsIn,
  isNotGiven,
  isTraced,
  sendsTo,
  sendsToEach,
  sendsToEachUnnamed,
  setsVariable,
  takesFrom,
  usesDataKey,
  usesIndex,
  usesRows,
  usesRowsOf,
} from "./links.ts";
import { runsIn } from "./network.ts";

export type Connections = ReturnType<typeof connectionsTo>;

/** Everything that a function can be linked to, under the variable that tells it which. */
export function connectionsTo(
  storage: Storage,
  queues: Queues,
  settings: Settings,
  ownAddresses: readonly string[],
  consoleUrl: () => string | undefined,
  egress: Egress,
) {
  return {
    webhooks: usesRows(storage.webhooks, "WEBHOOKS_TABLE"),
    webhookRows: usesRowsOf(storage.webhooks, "WEBHOOKS_TABLE"),
    messages: usesRows(storage.messages, "MESSAGES_TABLE"),
    messageRows: usesRowsOf(storage.messages, "MESSAGES_TABLE"),
    deliveries: usesRows(storage.deliveries, "DELIVERIES_TABLE"),
    deliveryRows: usesRowsOf(storage.deliveries, "DELIVERIES_TABLE"),
    deliveriesTable: setsVariable("DELIVERIES_TABLE", storage.deliveries.tableName),
    undelivered: usesIndex(storage.deliveries, "undelivered"),
    waiting: usesIndex(storage.deliveries, "waiting"),
    apiKeys: usesRows(storage.apiKeys, "API_KEYS_TABLE"),
    apiKeyRows: usesRowsOf(storage.apiKeys, "API_KEYS_TABLE"),
    dataKey: usesDataKey(storage.dataKey, "DATA_KEY_ID"),

    deliveryQueue: sendsToEach(
      queues.deliveries.map(({ queue }) => queue),
      "DELIVERY_QUEUE_URLS",
    ),
    deliveryDeadLetters: sendsTo(queues.delivery.deadLetters, "DEAD_LETTER_QUEUE_URL"),
    newcomerQueue: sendsTo(queues.newcomer.queue, "NEWCOMER_QUEUE_URL"),
    slowQueue: sendsTo(queues.slow.queue, "SLOW_QUEUE_URL"),
    retryQueue: sendsTo(queues.retry.queue, "RETRY_QUEUE_URL"),
    retryQueueLength: countsIn(queues.retry.queue),
    fanOutDeadLetters: sendsTo(queues.fanOut.deadLetters, "DEAD_LETTER_QUEUE_URL"),
    recoverDeadLetters: sendsTo(queues.recover.deadLetters, "DEAD_LETTER_QUEUE_URL"),
    recoverQueue: sendsTo(queues.recover.queue, "RECOVER_QUEUE_URL"),
    ingestDeadLetters: sendsToEachUnnamed(queues.ingests.map(({ deadLetters }) => deadLetters)),
    ingestSources: setsVariable("INGEST_SOURCES", JSON.stringify(queues.ingests.map(asSource))),
    outbox: takesFrom(storage.outbox, "OUTBOX_TABLE"),
    fanOutQueue: sendsTo(queues.fanOut.queue, "FAN_OUT_QUEUE_URL"),

    metrics: settings.metrics ? setsVariable("METRICS_STACK", settings.stackName) : isNotGiven,
    retentionDays: setsVariable("RETENTION_DAYS", settings.retentionDays),
    deliveryLog: setsVariable("LOGS_SUCCESSES", settings.deliveryLog === "all"),
    deliveryStats: setsVariable("DELIVERY_STATS", settings.deliveryStats),
    privateDestinations: setsVariable(
      "ALLOW_PRIVATE_DESTINATIONS",
      settings.allowPrivateDestinations,
    ),
    authorizerCache: setsVariable("AUTHORIZER_CACHE_SECONDS", settings.authorizerCacheSeconds),
    webhooksPerCache: setsVariable("WEBHOOKS_PER_CACHE", settings.webhooksPerCache),
    unknownEvents:
      settings.unknownEvents === "refuse" ? setsVariable("UNKNOWN_EVENTS", "refuse") : isNotGiven,
    publishQuota: setsVariable("PUBLISHES_PER_KEY_PER_MINUTE", settings.publishesPerKeyPerMinute),
    eventBudget: setsVariable("EVENTS_PER_CACHE_PER_MINUTE", settings.eventsPerCachePerMinute),
    hopQuota: setsVariable(
      "HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE",
      settings.hoppedPublishesPerCachePerMinute,
    ),
    // They are known once everything is made, the functions among it.
    ownAddresses: setsVariable(
      "OWN_ADDRESSES",
      Lazy.string({ produce: () => ownAddresses.join(",") }),
    ),
    consoleUrl: settings.console
      ? setsVariable("CONSOLE_URL", Lazy.string({ produce: consoleUrl }))
      : isNotGiven,
    portalOrigins: setsVariable("PORTAL_ORIGINS", settings.portalOrigins.join(",")),
    signatures:
      settings.signatures.length > 0
        ? setsVariable("SIGNATURES", JSON.stringify(settings.signatures))
        : isNotGiven,
    receivers: runsIn(egress.network),
    egressAddresses: setsVariable("EGRESS_ADDRESSES", egress.addresses.join(",")),
    maxDrainRate: setsVariable("MAX_DRAIN_RATE", settings.maxDrainRate),
    tracing: isTraced("TRACING", settings.tracing),
    recoverRate: setsVariable("RECOVER_RATE", settings.recoverRate),
    retrySchedule: setsVariable("RETRY_SCHEDULE_SECONDS", settings.retryScheduleSeconds),
  };
}

/** An ingest queue as the function knows it. */
function asSource({ queue, source }: IngestQueue): IngestSource {
  const { name, caches, wrap, maxPerMinute } = source ?? {};
  return { queue: queue.queueName, name, caches, wrap, maxPerMinute };
}
