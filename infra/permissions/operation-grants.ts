import type { operationGroups } from "../../shared/contract/routes.ts";
import type { Connections } from "./connections.ts";
import type { Link } from "./links.ts";
import { catalogue, health, looksAtHealth, publishes, sessions, versions } from "./partitions.ts";

type Others = Omit<typeof operationGroups, "webhooks">;
type Grants = { readonly [Group in keyof Others]: Record<keyof Others[Group], Link[]> };

/** What the operations on everything but webhooks may do, group by group. One that is missing here does not compile. */
export function operationGrants(to: Connections): Grants {
  return {
    deliveries: {
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
      retryDelivery: sendsAgain(to),
      recoverDeliveries: [
        to.webhooks("GetItem"),
        to.deliveries("GetItem", "PutItem", "UpdateItem"),
        to.recoverQueue,
        to.retentionDays,
        to.metrics,
      ],
      getRecovery: [to.webhooks("GetItem"), to.deliveries("GetItem")],
    },
    stats: {
      getOverview: [to.webhooks("GetItem", "BatchGetItem", "Query"), ...looksAtHealth(to)],
      getWebhookStats: [
        to.webhooks("GetItem"),
        to.deliveryRows(["stats/*"], "Query"),
        to.deliveryStats,
      ],
    },
    messages: {
      publish: [...publishes(to), to.publishQuota, to.hopQuota],
      publishBatch: [...publishes(to), to.publishQuota, to.hopQuota],
      listMessages: [to.messages("Query"), to.retentionDays],
      getMessageDeliveries: [
        to.webhooks("Query", "BatchGetItem"),
        to.messages("GetItem"),
        to.deliveries("BatchGetItem"),
        to.retentionDays,
      ],
      getMessage: [to.messages("GetItem"), to.retentionDays],
      retryMessage: sendsAgain(to),
      testFilter: [],
    },
    // A session's row is no key's, and none of these can write or read a key.
    portal: {
      createPortalSession: [to.apiKeyRows(sessions, "PutItem"), to.consoleUrl],
      deletePortalSession: [to.apiKeyRows(sessions, "DeleteItem")],
      getPortal: [to.apiKeyRows(sessions, "GetItem"), to.portalOrigins],
    },
    "event-types": {
      putEventType: [to.webhookRows(catalogue, "GetItem", "PutItem", "DeleteItem")],
      listEventTypes: [to.webhookRows(catalogue, "Query")],
      getEventType: [to.webhookRows(catalogue, "GetItem")],
      deleteEventType: [to.webhookRows(catalogue, "GetItem", "DeleteItem")],
      importEventTypes: [to.webhookRows(catalogue, "GetItem", "PutItem", "DeleteItem")],
      exportEventTypes: [to.webhookRows(catalogue, "Query", "BatchGetItem")],
    },
    service: {
      listCaches: [to.webhookRows(["caches"], "Query", "BatchGetItem")],
      suspendCache: [to.webhooks("GetItem"), to.webhookRows(["suspensions"], "PutItem")],
      resumeCache: [
        to.webhooks("GetItem", "BatchGetItem", "Query"),
        to.webhookRows(["suspensions", ...health], "PutItem"),
        to.webhookRows(health, "DeleteItem"),
        to.retryQueue,
      ],
      getEgressAddresses: [to.egressAddresses],
      getOpenApi: [],
    },
  };
}

function sendsAgain(to: Connections): Link[] {
  return [
    to.webhooks("GetItem"),
    to.messages("GetItem"),
    to.deliveries("GetItem"),
    to.deliveryQueue,
    to.metrics,
  ];
}
