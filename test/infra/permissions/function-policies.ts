import type { FunctionName } from "../../../infra/functions.ts";
import type { OperationId, routes } from "../../../shared/contract/routes.ts";
import type { Input } from "../../../shared/runtime/request.ts";

/** The resources of the stack that a function can be let at. */
type Place =
  | "webhooks"
  | "messages"
  | "deliveries"
  | "undelivered deliveries"
  | "waiting deliveries"
  | "apiKeys"
  | "dataKey"
  | "deliveryQueue"
  | "deliveryDeadLetters"
  | "newcomerQueue"
  | "slowQueue"
  | "retryQueue"
  | "fanOutQueue"
  | "fanOutDeadLetters"
  | "recoverQueue"
  | "recoverDeadLetters"
  | "ingestQueue"
  | "ingestDeadLetters"
  | "outbox"
  | "outboxStream";

/**
 * What a function may do, place by place; behind a colon stand the partitions that it is bound to. Its own log
 * is not worth a word.
 */
export type Policy = Partial<Record<Place | `${Place}: ${string}`, string>>;

const read = "GetItem";
const look = "ConditionCheckItem GetItem Query";
const change = "DeleteItem PutItem UpdateItem";
const send = "SendMessage";
const consume = "ChangeMessageVisibility DeleteMessage GetQueueAttributes ReceiveMessage";

const authorizes: Policy = { apiKeys: read, "apiKeys: use/*": "UpdateItem" };

const publishes: Policy = {
  webhooks: "GetItem Query",
  "webhooks: event-type/*": "BatchGetItem",
  messages: "BatchWriteItem GetItem PutItem UpdateItem",
  deliveryQueue: send,
  fanOutQueue: send,
};

/** A repair of a webhook: its breaker drains, and the drain makes due what waits. */
const repairs: Policy = {
  "webhooks: health/* breakers": "DeleteItem PutItem",
  "webhooks: unwell/* unwell-caches": "BatchWriteItem",
  "undelivered deliveries": "Query",
  retryQueue: send,
};

/** The code of an operation: it is named for it, and takes what the contract says. */
type Handles<Id extends OperationId> = { readonly handler: object } & {
  readonly [Name in Id]: (input: Input<(typeof routes)[Id]>, deps: never) => Promise<unknown>;
};

/** Whose code each policy is for. An operation without a handler does not compile. */
interface Code {
  putWebhook: typeof import("../../../functions/http/webhooks/put-webhook.ts");
  listWebhooks: typeof import("../../../functions/http/webhooks/list-webhooks.ts");
  listAllWebhooks: typeof import("../../../functions/http/webhooks/list-all-webhooks.ts");
  createWebhook: typeof import("../../../functions/http/webhooks/create-webhook.ts");
  deleteWebhook: typeof import("../../../functions/http/webhooks/delete-webhook.ts");
  getWebhookSecret: typeof import("../../../functions/http/webhooks/get-webhook-secret.ts");
  rotateWebhookSecret: typeof import("../../../functions/http/webhooks/rotate-webhook-secret.ts");
  getPublicKeys: typeof import("../../../functions/http/webhooks/get-public-keys.ts");
  rotateSigningKey: typeof import("../../../functions/http/webhooks/rotate-signing-key.ts");
  getWebhookDetails: typeof import("../../../functions/http/webhooks/get-webhook-details.ts");
  updateWebhookDetails: typeof import("../../../functions/http/webhooks/update-webhook-details.ts");
  updateWebhookStatus: typeof import("../../../functions/http/webhooks/update-webhook-status.ts");
  testWebhook: typeof import("../../../functions/http/webhooks/test-webhook.ts");
  resumeWebhook: typeof import("../../../functions/http/webhooks/resume-webhook.ts");
  listDeliveries: typeof import("../../../functions/http/deliveries/list-deliveries.ts");
  getDelivery: typeof import("../../../functions/http/deliveries/get-delivery.ts");
  retryDelivery: typeof import("../../../functions/http/deliveries/retry-delivery.ts");
  recoverDeliveries: typeof import("../../../functions/http/deliveries/recover-deliveries.ts");
  getRecovery: typeof import("../../../functions/http/deliveries/get-recovery.ts");
  getWebhookStats: typeof import("../../../functions/http/stats/get-webhook-stats.ts");
  getOverview: typeof import("../../../functions/http/stats/get-overview.ts");
  publish: typeof import("../../../functions/http/messages/publish.ts");
  publishBatch: typeof import("../../../functions/http/messages/publish-batch.ts");
  listMessages: typeof import("../../../functions/http/messages/list-messages.ts");
  getMessageDeliveries: typeof import("../../../functions/http/messages/get-message-deliveries.ts");
  retryMessage: typeof import("../../../functions/http/messages/retry-message.ts");
  getMessage: typeof import("../../../functions/http/messages/get-message.ts");
  testFilter: typeof import("../../../functions/http/messages/test-filter.ts");
  createPortalSession: typeof import("../../../functions/http/portal/create-portal-session.ts");
  deletePortalSession: typeof import("../../../functions/http/portal/delete-portal-session.ts");
  getPortal: typeof import("../../../functions/http/portal/get-portal.ts");
  putEventType: typeof import("../../../functions/http/event-types/put-event-type.ts");
  listEventTypes: typeof import("../../../functions/http/event-types/list-event-types.ts");
  getEventType: typeof import("../../../functions/http/event-types/get-event-type.ts");
  deleteEventType: typeof import("../../../functions/http/event-types/delete-event-type.ts");
  importEventTypes: typeof import("../../../functions/http/event-types/import-event-types.ts");
  exportEventTypes: typeof import("../../../functions/http/event-types/export-event-types.ts");
  listCaches: typeof import("../../../functions/http/service/list-caches.ts");
  suspendCache: typeof import("../../../functions/http/service/suspend-cache.ts");
  resumeCache: typeof import("../../../functions/http/service/resume-cache.ts");
  getEgressAddresses: typeof import("../../../functions/http/service/get-egress-addresses.ts");
  getOpenApi: typeof import("../../../functions/http/service/get-open-api.ts");
}

type PolicyOf<Functions extends { readonly [Id in OperationId]: Handles<Id> }> = Readonly<
  Record<keyof Functions | FunctionName, Policy>
>;

/**
 * What each function may do, written down a second time and by hand: a grant that is new in the stack is
 * a decision, and this is where it is made. Read it as an attacker who runs code in one of them would.
 */
export const functionPolicies: PolicyOf<Code> = {
  putWebhook: {
    webhooks: look,
    "webhooks: certificates": "DeleteItem PutItem",
    "webhooks: cache/* topic/* id/* former/*": change,
    "webhooks: settings/* signing-keys/* caches": "PutItem",
    ...repairs,
    "webhooks: vault": "PutItem",
    dataKey: "Decrypt GenerateDataKey",
  },
  listWebhooks: {
    webhooks: "BatchGetItem GetItem Query",
    "deliveries: stats/*": "Query",
    "undelivered deliveries": "Query",
    dataKey: "Decrypt",
  },
  listAllWebhooks: {
    webhooks: "BatchGetItem GetItem Query",
    "deliveries: stats/*": "Query",
    "undelivered deliveries": "Query",
    dataKey: "Decrypt",
  },
  deleteWebhook: {
    webhooks: look,
    "webhooks: certificates": "DeleteItem",
    "webhooks: cache/* topic/* id/* former/*": change,
    "webhooks: settings/*": "PutItem",
  },
  createWebhook: {
    webhooks: look,
    "webhooks: cache/* topic/* id/*": change,
    "webhooks: health/* settings/* signing-keys/* certificates caches": "PutItem",
    "webhooks: vault": "PutItem",
    dataKey: "Decrypt GenerateDataKey",
  },
  getWebhookSecret: { webhooks: read, dataKey: "Decrypt" },
  rotateWebhookSecret: {
    webhooks: look,
    "webhooks: cache/* topic/*": change,
    "webhooks: settings/*": "PutItem",
    ...repairs,
    dataKey: "Decrypt",
  },
  getPublicKeys: { "webhooks: signing-keys/*": "GetItem" },
  rotateSigningKey: {
    webhooks: read,
    "webhooks: signing-keys/* vault": "PutItem",
    dataKey: "Decrypt GenerateDataKey",
  },
  getWebhookDetails: {
    webhooks: read,
    "deliveries: stats/*": "Query",
    "undelivered deliveries": "Query",
    dataKey: "Decrypt",
  },
  updateWebhookDetails: {
    webhooks: look,
    "webhooks: certificates": "DeleteItem PutItem",
    "webhooks: cache/* topic/*": change,
    "webhooks: settings/* signing-keys/*": "PutItem",
    ...repairs,
    dataKey: "Decrypt",
  },
  updateWebhookStatus: {
    webhooks: look,
    "webhooks: cache/* topic/*": change,
    "webhooks: settings/*": "PutItem",
    ...repairs,
  },

  testWebhook: {
    webhooks: read,
    ...repairs,
    "webhooks: token/*": "UpdateItem",
    "messages: test-rate/*": "UpdateItem",
    dataKey: "Decrypt",
  },
  resumeWebhook: { webhooks: read, "deliveries: stats/*": "Query", ...repairs },
  listDeliveries: {
    webhooks: read,
    deliveries: "BatchGetItem Query",
    "undelivered deliveries": "Query",
  },
  getDelivery: {
    webhooks: read,
    "webhooks: settings/*": "BatchGetItem",
    messages: read,
    deliveries: "GetItem Query",
  },
  retryDelivery: { webhooks: read, messages: read, deliveries: read, deliveryQueue: send },
  retryMessage: { webhooks: read, messages: read, deliveries: read, deliveryQueue: send },
  recoverDeliveries: {
    webhooks: read,
    deliveries: "GetItem PutItem UpdateItem",
    recoverQueue: send,
  },
  getRecovery: { webhooks: read, deliveries: read },

  getOverview: {
    webhooks: "BatchGetItem GetItem Query",
    "undelivered deliveries": "Query",
    "deliveries: stats/*": "Query",
  },
  getWebhookStats: { webhooks: read, "deliveries: stats/*": "Query" },

  putEventType: { "webhooks: event-type/* event-types": "DeleteItem GetItem PutItem" },
  listEventTypes: { "webhooks: event-type/* event-types": "Query" },
  getEventType: { "webhooks: event-type/* event-types": "GetItem" },
  deleteEventType: { "webhooks: event-type/* event-types": "DeleteItem GetItem" },
  importEventTypes: { "webhooks: event-type/* event-types": "DeleteItem GetItem PutItem" },
  exportEventTypes: { "webhooks: event-type/* event-types": "BatchGetItem Query" },

  listCaches: { "webhooks: caches": "BatchGetItem Query" },
  suspendCache: { webhooks: read, "webhooks: suspensions": "PutItem" },
  resumeCache: {
    webhooks: "BatchGetItem GetItem Query",
    "webhooks: suspensions health/* breakers": "PutItem",
    "webhooks: health/* breakers": "DeleteItem",
    retryQueue: send,
  },

  publish: publishes,
  publishBatch: publishes,
  listMessages: { messages: "Query" },
  getMessageDeliveries: {
    webhooks: "BatchGetItem Query",
    messages: read,
    deliveries: "BatchGetItem",
  },
  getMessage: { messages: read },
  testFilter: {},
  getEgressAddresses: {},
  getOpenApi: {},

  createPortalSession: { "apiKeys: ses_*": "PutItem" },
  deletePortalSession: { "apiKeys: ses_*": "DeleteItem" },
  getPortal: { "apiKeys: ses_*": "GetItem" },

  authorize: { ...authorizes, apiKeys: "BatchGetItem GetItem" },
  publishByUrl: { ...authorizes, ...publishes },
  fanOut: {
    webhooks: "Query",
    messages: "BatchWriteItem GetItem UpdateItem",
    deliveryQueue: send,
    fanOutQueue: `${consume} ${send}`,
    fanOutDeadLetters: send,
  },
  ingest: { ...publishes, ingestQueue: consume, ingestDeadLetters: send },
  outbox: {
    ...publishes,
    outbox: "DeleteItem GetItem Scan UpdateItem",
    outboxStream: "DescribeStream GetRecords GetShardIterator ListStreams",
  },
  recover: {
    webhooks: "BatchGetItem GetItem",
    messages: "BatchGetItem Query",
    deliveries: "BatchGetItem GetItem UpdateItem",
    "undelivered deliveries": "Query",
    deliveryQueue: send,
    recoverQueue: `${consume} ${send}`,
    recoverDeadLetters: send,
  },
  sweep: {
    webhooks: "BatchGetItem GetItem Query",
    "webhooks: unwell/* unwell-caches certificates": "DeleteItem",
    messages: "BatchWriteItem GetItem UpdateItem",
    deliveries: "BatchGetItem Query",
    "deliveries: w/*": "UpdateItem",
    "deliveries: due/*": "BatchWriteItem",
    "deliveries: suppressed/*": "DeleteItem",
    "waiting deliveries": "Query",
    deliveryQueue: send,
    fanOutQueue: send,
    retryQueue: `GetQueueAttributes ${send}`,
  },
  deliver: {
    webhooks: "BatchGetItem GetItem Query",
    "webhooks: cache/* topic/* health/* breakers heartbeat settings/*": "PutItem",
    "webhooks: health/* breakers": "DeleteItem",
    "webhooks: unwell/* unwell-caches": "BatchWriteItem",
    "webhooks: slow/* slots/* token/*": "UpdateItem",
    messages: "BatchGetItem BatchWriteItem GetItem PutItem UpdateItem",
    deliveries: "BatchGetItem BatchWriteItem GetItem PutItem Query UpdateItem",
    "undelivered deliveries": "Query",
    dataKey: "Decrypt",
    deliveryQueue: `${consume} ${send}`,
    deliveryDeadLetters: send,
    newcomerQueue: `${consume} ${send}`,
    slowQueue: `${consume} ${send}`,
    retryQueue: `${consume} ${send}`,
    fanOutQueue: send,
  },
};

/** The beginning of each place's name in the template. */
export const placeNames: Record<Place, string> = {
  webhooks: "StorageWebhooks",
  messages: "StorageMessages",
  deliveries: "StorageDeliveries",
  "undelivered deliveries": "StorageDeliveries…/index/undelivered",
  "waiting deliveries": "StorageDeliveries…/index/waiting",
  apiKeys: "StorageApiKeys",
  dataKey: "StorageDataKey",
  deliveryQueue: "QueuesDeliveryQueue",
  deliveryDeadLetters: "QueuesDeliveryDeadLetters",
  newcomerQueue: "QueuesNewcomerQueue",
  slowQueue: "QueuesSlowQueue",
  retryQueue: "QueuesRetryQueue",
  fanOutQueue: "QueuesFanOutQueue",
  recoverQueue: "QueuesRecoverQueue",
  recoverDeadLetters: "QueuesRecoverDeadLetters",
  fanOutDeadLetters: "QueuesFanOutDeadLetters",
  ingestQueue: "QueuesIngestQueue",
  ingestDeadLetters: "QueuesIngestDeadLetters",
  outbox: "StorageOutbox",
  outboxStream: "StorageOutbox…/stream",
};
