// Written by npm run docs:api out of the table of operations. A test compares.
import type { Endpoint } from "./route.ts";
import type { OperationId, routes } from "./routes.ts";

type Reached<Id extends OperationId> = Endpoint & Pick<(typeof routes)[Id], "method" | "path">;

/** How each operation is reached, in plain data: clients read it, and need no schema to run. */
export const endpoints = {
  putWebhook: { method: "PUT", path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}" },
  listWebhooks: { method: "GET", path: "/api/v1/caches/{cacheName}/webhooks" },
  listAllWebhooks: { method: "GET", path: "/api/v1/Webhooks" },
  createWebhook: { method: "POST", path: "/api/v1/Webhooks" },
  deleteWebhook: { method: "DELETE", path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}" },
  getWebhookSecret: {
    method: "GET",
    path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret",
  },
  rotateWebhookSecret: {
    method: "POST",
    path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret/rotate",
  },
  getPublicKeys: { method: "GET", path: "/api/v1/caches/{cacheName}/keys", bare: true },
  rotateSigningKey: { method: "POST", path: "/api/v1/caches/{cacheName}/keys/rotate" },
  getWebhookDetails: { method: "GET", path: "/api/v1/Webhooks/{webhookId}" },
  updateWebhookDetails: { method: "PUT", path: "/api/v1/Webhooks/{webhookId}" },
  updateWebhookStatus: { method: "PUT", path: "/api/v1/Webhooks/{webhookId}/status" },
  testWebhook: { method: "POST", path: "/api/v1/Webhooks/{webhookId}/test" },
  resumeWebhook: { method: "POST", path: "/api/v1/Webhooks/{webhookId}/resume" },
  listDeliveries: { method: "GET", path: "/api/v1/Webhooks/{webhookId}/deliveries" },
  getDelivery: { method: "GET", path: "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}" },
  retryDelivery: {
    method: "POST",
    path: "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}/retry",
  },
  recoverDeliveries: { method: "POST", path: "/api/v1/Webhooks/{webhookId}/recover" },
  getRecovery: { method: "GET", path: "/api/v1/Webhooks/{webhookId}/recover/{jobId}" },
  getWebhookStats: { method: "GET", path: "/api/v1/Webhooks/{webhookId}/stats" },
  getOverview: { method: "GET", path: "/api/v1/overview" },
  publish: { method: "POST", path: "/api/v1/caches/{cacheName}/topics/{topicName}" },
  publishBatch: { method: "POST", path: "/api/v1/caches/{cacheName}/topics/{topicName}/batch" },
  listMessages: { method: "GET", path: "/api/v1/caches/{cacheName}/messages" },
  getMessage: { method: "GET", path: "/api/v1/caches/{cacheName}/messages/{messageId}" },
  getMessageDeliveries: {
    method: "GET",
    path: "/api/v1/caches/{cacheName}/messages/{messageId}/deliveries",
  },
  retryMessage: { method: "POST", path: "/api/v1/caches/{cacheName}/messages/{messageId}/retry" },
  testFilter: { method: "POST", path: "/api/v1/caches/{cacheName}/filters/test" },
  createPortalSession: { method: "POST", path: "/api/v1/caches/{cacheName}/portal-sessions" },
  deletePortalSession: {
    method: "DELETE",
    path: "/api/v1/caches/{cacheName}/portal-sessions/{sessionId}",
  },
  getPortal: { method: "GET", path: "/api/v1/portal" },
  putEventType: { method: "PUT", path: "/api/v1/event-types/{topicName}/{event}" },
  listEventTypes: { method: "GET", path: "/api/v1/event-types" },
  getEventType: { method: "GET", path: "/api/v1/event-types/{topicName}/{event}" },
  deleteEventType: { method: "DELETE", path: "/api/v1/event-types/{topicName}/{event}" },
  importEventTypes: { method: "POST", path: "/api/v1/event-types/import", queryFields: ["dryRun"] },
  exportEventTypes: { method: "GET", path: "/api/v1/event-types/{document}", bare: true },
  listCaches: { method: "GET", path: "/api/v1/caches" },
  suspendCache: { method: "POST", path: "/api/v1/caches/{cacheName}/suspend" },
  resumeCache: { method: "POST", path: "/api/v1/caches/{cacheName}/resume" },
  getEgressAddresses: { method: "GET", path: "/api/v1/egress-addresses" },
  getOpenApi: { method: "GET", path: "/api/v1/openapi.json", bare: true },
} as const satisfies { readonly [Id in OperationId]: Reached<Id> };
