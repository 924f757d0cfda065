import type { WorkerName } from "../functions.ts";
import type { Connections } from "./connections.ts";
import type { Link } from "./links.ts";
import {
  health,
  notices,
  opensSecrets,
  publishes,
  settings,
  tokens,
  unwell,
  versions,
} from "./partitions.ts";

/** What the functions that no route names may do. One that is missing here does not compile. */
export function workerGrants(to: Connections): Record<WorkerName, Link[]> {
  // An update makes the row that is not there: of a key, that would be a key.
  const authorizes = [to.apiKeys("GetItem"), to.apiKeyRows(["use/*"], "UpdateItem")];
  return {
    // A portal session and the key that made it are read together.
    authorize: [...authorizes, to.apiKeys("BatchGetItem"), to.metrics],
    publishByUrl: [
      ...authorizes,
      to.authorizerCache,
      ...publishes(to),
      to.publishQuota,
      to.hopQuota,
    ],
    fanOut: [
      to.webhooks("Query"),
      // Long values, for filters; an operational event about a filter that cannot be applied.
      to.messages("GetItem", "UpdateItem", "BatchWriteItem"),
      to.deliveryQueue,
      to.fanOutQueue,
      to.fanOutDeadLetters,
      to.retentionDays,
      to.tracing,
    ],
    ingest: [...publishes(to), to.hopQuota, to.ingestSources, to.ingestDeadLetters],
    outbox: [...publishes(to), to.hopQuota, to.outbox],
    recover: [
      to.webhooks("GetItem", "BatchGetItem"), // a breaker's deliveries wait for it and are not lost
      to.messages("Query", "BatchGetItem"),
      to.deliveries("GetItem", "BatchGetItem", "UpdateItem"),
      to.undelivered("Query"),
      to.deliveryQueue,
      to.recoverQueue,
      to.recoverDeadLetters,
      to.recoverRate,
      to.retentionDays,
    ],
    sweep: [
      to.deliveries("Query", "BatchGetItem"),
      to.deliveryRows(["w/*"], "UpdateItem"), // of deliveries whose job is lost
      to.deliveryRows(["due/*"], "BatchWriteItem"),
      to.deliveryRows(["suppressed/*"], "DeleteItem"),
      to.waiting("Query"),
      to.webhooks("GetItem", "Query", "BatchGetItem"), // for breakers whose tick was lost, and listeners
      to.webhookRows([...unwell, ...notices], "DeleteItem"),
      to.messages("GetItem", "UpdateItem", "BatchWriteItem"), // for summaries of operational events
      to.retryQueue,
      to.retryQueueLength,
      to.deliveryQueue,
      to.fanOutQueue,
      to.retentionDays,
      to.metrics,
    ],
    deliver: [
      to.receivers,
      // Webhooks are read, switched off, and their health is kept; operational events are published.
      to.webhooks("GetItem", "BatchGetItem", "Query"),
      to.webhookRows([...settings, ...health, "heartbeat", ...versions], "PutItem"),
      to.webhookRows(health, "DeleteItem"),
      to.webhookRows(unwell, "BatchWriteItem"),
      to.webhookRows(["slow/*", "slots/*", ...tokens], "UpdateItem"), // marks of caches, slots of webhooks with a rate
      to.messages("GetItem", "BatchGetItem", "PutItem", "UpdateItem", "BatchWriteItem"),
      to.deliveries("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"),
      to.undelivered("Query"), // what waits for a webhook that is repaired
      opensSecrets(to),
      to.deliveryQueue,
      to.fanOutQueue,
      to.newcomerQueue,
      to.slowQueue,
      to.retryQueue,
      to.maxDrainRate,
      to.deliveryDeadLetters,
      to.retrySchedule,
      to.eventBudget,
      to.deliveryLog,
      to.deliveryStats,
      to.retentionDays,
      to.privateDestinations,
      to.consoleUrl,
      to.signatures,
      to.tracing,
      to.metrics,
    ],
  };
}
