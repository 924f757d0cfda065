import type { Connections } from "./connections.ts";
import type { FunctionName } from "./functions.ts";
import type { Link, RowAction } from "./links.ts";

/** A webhook's rows change together, in one transaction that also checks those it leaves alone. */
const manages: readonly RowAction[] = [
  "GetItem",
  "Query",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "ConditionCheckItem",
];

/** Who may do what. A function that is missing here does not compile. */
export function grants(to: Connections): Record<FunctionName, Link[]> {
  const dataKey = to.dataKey("GenerateDataKey", "Decrypt");
  const opensSecrets = to.dataKey("Decrypt");
  const publishes = [
    to.webhooks("GetItem", "Query"),
    to.messages("GetItem", "PutItem", "UpdateItem", "BatchWriteItem"),
    to.deliveryQueue,
    to.fanOutQueue,
    to.retentionDays,
  ];

  return {
    putWebhook: [
      to.webhooks(...manages),
      dataKey,
      to.retentionDays,
      to.webhooksPerCache,
      to.privateDestinations,
    ],
    listWebhooks: [to.webhooks("GetItem", "Query"), opensSecrets],
    deleteWebhook: [to.webhooks(...manages), to.retentionDays],
    getWebhookSecret: [to.webhooks("GetItem"), opensSecrets],
    rotateWebhookSecret: [to.webhooks(...manages), dataKey],
    getWebhookDetails: [to.webhooks("GetItem"), opensSecrets],
    updateWebhookDetails: [to.webhooks(...manages), dataKey, to.privateDestinations],
    updateWebhookStatus: [to.webhooks(...manages)],

    publish: publishes,
    publishBatch: publishes,
    getMessage: [to.messages("GetItem"), to.retentionDays],
    getOpenApi: [],

    authorize: [to.apiKeys("GetItem", "UpdateItem")],
    fanOut: [to.webhooks("Query"), to.deliveryQueue, to.fanOutQueue, to.fanOutDeadLetters],
    deliver: [
      to.webhooks("GetItem", "BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem"),
      to.messages("GetItem", "BatchGetItem"),
      to.deliveries("GetItem", "BatchGetItem", "PutItem", "UpdateItem", "BatchWriteItem"),
      opensSecrets,
      to.retryQueue,
      to.deliveryDeadLetters,
      to.retrySchedule,
      to.retentionDays,
      to.privateDestinations,
    ],
  };
}
