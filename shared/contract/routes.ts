import { getDelivery } from "./operations/deliveries/get-delivery.ts";
import { getRecovery } from "./operations/deliveries/get-recovery.ts";
import { listDeliveries } from "./operations/deliveries/list-deliveries.ts";
import { recoverDeliveries } from "./operations/deliveries/recover-deliveries.ts";
import { retryDelivery } from "./operations/deliveries/retry-delivery.ts";
import { deleteEventType } from "./operations/event-types/delete-event-type.ts";
import { exportEventTypes } from "./operations/event-types/export-event-types.ts";
import { getEventType } from "./operations/event-types/get-event-type.ts";
import { importEventTypes } from "./operations/event-types/import-event-types.ts";
import { listEventTypes } from "./operations/event-types/list-event-types.ts";
import { putEventType } from "./operations/event-types/put-event-type.ts";
import { getMessage } from "./operations/messages/get-message.ts";
import { getMessageDeliveries } from "./operations/messages/get-message-deliveries.ts";
import { listMessages } from "./operations/messages/list-messages.ts";
import { publish } from "./operations/messages/publish.ts";
import { publishBatch } from "./operations/messages/publish-batch.ts";
import { retryMessage } from "./operations/messages/retry-message.ts";
import { testFilter } from "./operations/messages/test-filter.ts";
import { createPortalSession } from "./operations/portal/create-portal-session.ts";
import { deletePortalSession } from "./operations/portal/delete-portal-session.ts";
import { getPortal } from "./operations/portal/get-portal.ts";
import { getEgressAddresses } from "./operations/service/get-egress-addresses.ts";
import { getOpenApi } from "./operations/service/get-open-api.ts";
import { listCaches } from "./operations/service/list-caches.ts";
import { resumeCache } from "./operations/service/resume-cache.ts";
import { suspendCache } from "./operations/service/suspend-cache.ts";
import { getOverview } from "./operations/stats/get-overview.ts";
import { getWebhookStats } from "./operations/stats/get-webhook-stats.ts";
import { createWebhook } from "./operations/webhooks/create-webhook.ts";
import { deleteWebhook } from "./operations/webhooks/delete-webhook.ts";
import { getPublicKeys } from "./operations/webhooks/get-public-keys.ts";
import { getWebhookDetails } from "./operations/webhooks/get-webhook-details.ts";
import { getWebhookSecret } from "./operations/webhooks/get-webhook-secret.ts";
import { listAllWebhooks } from "./operations/webhooks/list-all-webhooks.ts";
import { listWebhooks } from "./operations/webhooks/list-webhooks.ts";
import { putWebhook } from "./operations/webhooks/put-webhook.ts";
import { resumeWebhook } from "./operations/webhooks/resume-webhook.ts";
import { rotateSigningKey } from "./operations/webhooks/rotate-signing-key.ts";
import { rotateWebhookSecret } from "./operations/webhooks/rotate-webhook-secret.ts";
import { testWebhook } from "./operations/webhooks/test-webhook.ts";
import { updateWebhookDetails } from "./operations/webhooks/update-webhook-details.ts";
import { updateWebhookStatus } from "./operations/webhooks/update-webhook-status.ts";
import type { Route } from "./route.ts";

/**
 * The table of operations, by what they are about: the folders of operations and of their handlers. Whatever is
 * derived from operations keeps this order.
 */
export const operationGroups = {
  webhooks: group({
    putWebhook,
    listWebhooks,
    listAllWebhooks,
    createWebhook,
    deleteWebhook,
    getWebhookSecret,
    rotateWebhookSecret,
    getPublicKeys,
    rotateSigningKey,
    getWebhookDetails,
    updateWebhookDetails,
    updateWebhookStatus,
    testWebhook,
    resumeWebhook,
  }),
  deliveries: group({
    listDeliveries,
    getDelivery,
    retryDelivery,
    recoverDeliveries,
    getRecovery,
  }),
  stats: group({ getWebhookStats, getOverview }),
  messages: group({
    publish,
    publishBatch,
    listMessages,
    getMessage,
    getMessageDeliveries,
    retryMessage,
    testFilter,
  }),
  portal: group({ createPortalSession, deletePortalSession, getPortal }),
  "event-types": group({
    putEventType,
    listEventTypes,
    getEventType,
    deleteEventType,
    importEventTypes,
    exportEventTypes,
  }),
  service: group({ listCaches, suspendCache, resumeCache, getEgressAddresses, getOpenApi }),
} as const;

export const routes = {
  ...operationGroups.webhooks,
  ...operationGroups.deliveries,
  ...operationGroups.stats,
  ...operationGroups.messages,
  ...operationGroups.portal,
  ...operationGroups["event-types"],
  ...operationGroups.service,
} as const;

export type OperationId = keyof typeof routes;

/** Each operation stands under its own id. */
function group<const Group extends { readonly [Id in keyof Group]: Route & { readonly id: Id } }>(
  operations: Group,
): Group {
  return operations;
}
