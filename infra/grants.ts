import type { Connections } from "./connections.ts";
import type { FunctionName } from "./functions.ts";
import type { Link, RowAction } from "./links.ts";

/** A webhook's rows change together, in one transaction that also checks those it leaves alone. */
const looks: readonly RowAction[] = ["GetItem", "Query", "ConditionCheckItem"];
const changes: readonly RowAction[] = ["PutItem", "UpdateItem", "DeleteItem"];

/**
 * The partitions of the table of webhooks: `cache` holds the webhooks themselves, `topic` who subscribes,
 * `id` where a webhook is or was, `caches` which caches there are, `vault` the wrapped data keys. Which of them seals is nobody's to write.
 */
const settings = ["cache/*", "topic/*"];
const existence = [...settings, "id/*"];
const health = ["health/*", "breakers"];
/** Which webhooks may be anything but ok: `deliver` and changes add some, the sweep takes some out. */
const unwell = ["unwell/*", "unwell-caches"];
/** A webhook that is new has yet to show that it responds fast. */
const newcomers = ["health/*"];
/** What each version of a webhook has, for as long as attempts of it are in the log; nobody changes or deletes it. */
const versions = ["settings/*"];

/** Who may do what. A function that is missing here does not compile. */
export function grants(to: Connections): Record<FunctionName, Link[]> {
  const opensSecrets = to.dataKey("Decrypt");
  /** How many deliveries wait for a webhook, and what came of the last attempt, are parts of its health. */
  const looksAtHealth = [
    to.undelivered("Query"),
    to.deliveryRows(["stats/*"], "Query"),
    to.deliveryStats,
  ];
  /** Has what waits for a webhook go out, by its breaker's drain. */
  const repairs = [
    to.deliveriesTable,
    to.undelivered("Query"),
    to.webhookRows(health, "PutItem", "DeleteItem"),
    to.webhookRows(unwell, "BatchWriteItem"),
    to.retryQueue,
  ];
  const publishes = [
    to.webhooks("GetItem", "Query"),
    to.messages("GetItem", "PutItem", "UpdateItem", "BatchWriteItem"),
    to.deliveryQueue,
    to.fanOutQueue,
    to.retentionDays,
    to.tracing,
    to.metrics,
  ];

  const creates = [
    to.webhookRows(["vault"], "PutItem"), // the first webhook makes the first data key
    to.dataKey("GenerateDataKey", "Decrypt"),
    to.retentionDays,
    to.webhooksPerCache,
    to.privateDestinations,
    to.ownAddresses,
  ];
  const listsWebhooks = [
    to.webhooks("GetItem", "BatchGetItem", "Query"),
    ...looksAtHealth,
    opensSecrets,
  ];

  return {
    putWebhook: [
      to.webhooks(...looks),
      to.webhookRows([...existence, "former/*"], ...changes),
      to.webhookRows([...versions, "caches"], "PutItem"),
      ...repairs,
      ...creates,
    ],
    listWebhooks: listsWebhooks,
    listAllWebhooks: listsWebhooks,
    deleteWebhook: [
      to.webhooks(...looks),
      to.webhookRows([...existence, "former/*"], ...changes),
      to.webhookRows(versions, "PutItem"),
      to.retentionDays,
    ],
    createWebhook: [
      to.webhooks(...looks),
      to.webhookRows(existence, ...changes),
      to.webhookRows([...newcomers, ...versions, "caches"], "PutItem"),
      ...creates,
    ],
    getWebhookSecret: [to.webhooks("GetItem"), opensSecrets],
    rotateWebhookSecret: [
      to.webhooks(...looks),
      to.webhookRows(settings, ...changes),
      to.webhookRows(versions, "PutItem"),
      to.retentionDays,
      ...repairs,
      opensSecrets,
    ],
    getWebhookDetails: [to.webhooks("GetItem"), ...looksAtHealth, opensSecrets],
    updateWebhookDetails: [
      to.webhooks(...looks),
      to.webhookRows(settings, ...changes),
      to.webhookRows(versions, "PutItem"),
      to.retentionDays,
      ...repairs,
      opensSecrets,
      to.privateDestinations,
      to.ownAddresses,
    ],
    updateWebhookStatus: [
      to.webhooks(...looks),
      to.webhookRows(settings, ...changes),
      to.webhookRows(versions, "PutItem"),
      to.retentionDays,
      ...repairs,
    ],
    testWebhook: [
      to.receivers,
      to.webhooks("GetItem"),
      ...repairs, // a fast response is kept as a proof besides
      to.messageRows(["test-rate/*"], "UpdateItem"), // how many tests the key has sent
      opensSecrets,
      to.privateDestinations,
      to.consoleUrl,
      to.signatures,
      to.metrics,
    ],
    resumeWebhook: [to.webhooks("GetItem"), ...looksAtHealth, ...repairs],
    listDeliveries: [
      to.webhooks("GetItem"),
      to.deliveries("Query", "BatchGetItem"),
      to.undelivered("Query"),
    ],
    getDelivery: [
      to.webhooks("GetItem"),
      to.webhookRows(versions, "BatchGetItem"),
      to.messages("GetItem"),
      to.deliveries("GetItem", "Query"),
      to.retentionDays,
      to.consoleUrl,
      to.signatures,
    ],
    retryDelivery: [
      to.webhooks("GetItem"),
      to.messages("GetItem"),
      to.deliveries("GetItem"),
      to.deliveryQueue,
      to.metrics,
    ],
    recoverDeliveries: [
      to.webhooks("GetItem"),
      to.deliveries("GetItem", "PutItem", "UpdateItem"),
      to.recoverQueue,
      to.retentionDays,
      to.metrics,
    ],
    getRecovery: [to.webhooks("GetItem"), to.deliveries("GetItem")],

    listCaches: [to.webhookRows(["caches"], "Query", "BatchGetItem")],
    getOverview: [to.webhooks("GetItem", "BatchGetItem", "Query"), ...looksAtHealth],
    getWebhookStats: [
      to.webhooks("GetItem"),
      to.deliveryRows(["stats/*"], "Query"),
      to.deliveryStats,
    ],
    suspendCache: [to.webhooks("GetItem"), to.webhookRows(["suspensions"], "PutItem")],
    resumeCache: [
      to.webhooks("GetItem", "BatchGetItem", "Query"),
      to.webhookRows(["suspensions", ...health], "PutItem"),
      to.webhookRows(health, "DeleteItem"),
      to.retryQueue,
    ],
    publish: [...publishes, to.publishQuota, to.hopQuota],
    publishBatch: [...publishes, to.publishQuota, to.hopQuota],
    listMessages: [to.messages("Query"), to.retentionDays],
    getMessageDeliveries: [
      to.webhooks("Query", "BatchGetItem"),
      to.messages("GetItem"),
      to.deliveries("BatchGetItem"),
      to.retentionDays,
    ],
    getMessage: [to.messages("GetItem"), to.retentionDays],
    getEgressAddresses: [to.egressAddresses],
    getOpenApi: [],
    // An update makes the row that is not there: of a key, that would be a key.
    authorize: [to.apiKeys("GetItem"), to.apiKeyRows(["use/*"], "UpdateItem"), to.metrics],
    fanOut: [
      to.webhooks("Query"),
      to.deliveryQueue,
      to.fanOutQueue,
      to.fanOutDeadLetters,
      to.tracing,
    ],
    ingest: [...publishes, to.hopQuota, to.ingestSources, to.ingestDeadLetters],
    outbox: [...publishes, to.hopQuota, to.outbox],
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
      to.webhookRows(unwell, "DeleteItem"),
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
      to.webhookRows(["slow/*", "slots/*"], "UpdateItem"), // marks of caches, slots of webhooks with a rate
      to.messages("GetItem", "BatchGetItem", "PutItem", "UpdateItem", "BatchWriteItem"),
      to.deliveries("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"),
      to.undelivered("Query"), // what waits for a webhook that is repaired
      opensSecrets,
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
