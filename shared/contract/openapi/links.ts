import type { OperationId } from "../routes.ts";
import type { Json } from "./schema.ts";

type Links = Partial<Record<OperationId, Readonly<Record<string, string>>>>;

const byId = { webhookId: "$response.body#/response/webhookId" };
const firstOfList = { webhookId: "$response.body#/response/webhooks/0/webhookId" };
const byName = {
  cacheName: "$request.path.cacheName",
  webhookName: "$request.path.webhookName",
};
const sameWebhook = { webhookId: "$request.path.webhookId" };

/** What a response leads to: the operations, and where in request and response their parameters are. */
const links: Partial<Record<OperationId, Links>> = {
  putWebhook: {
    getWebhookDetails: byId,
    updateWebhookDetails: byId,
    updateWebhookStatus: byId,
    listDeliveries: byId,
    recoverDeliveries: byId,
    getWebhookSecret: byName,
    rotateWebhookSecret: byName,
    deleteWebhook: byName,
    listWebhooks: { cacheName: "$request.path.cacheName" },
  },
  createWebhook: {
    getWebhookDetails: byId,
    updateWebhookDetails: byId,
    updateWebhookStatus: byId,
    listDeliveries: byId,
  },
  listWebhooks: { getWebhookDetails: firstOfList, listDeliveries: firstOfList },
  listAllWebhooks: { getWebhookDetails: firstOfList, listDeliveries: firstOfList },
  listDeliveries: {
    getDelivery: {
      ...sameWebhook,
      messageId: "$response.body#/response/deliveries/0/messageId",
    },
    retryDelivery: {
      ...sameWebhook,
      messageId: "$response.body#/response/deliveries/0/messageId",
    },
  },
  retryDelivery: {
    getDelivery: { ...sameWebhook, messageId: "$response.body#/response/messageId" },
  },
  recoverDeliveries: {
    getRecovery: { ...sameWebhook, jobId: "$response.body#/response/jobId" },
  },
  listMessages: {
    retryMessage: {
      cacheName: "$request.path.cacheName",
      messageId: "$response.body#/response/messages/0/messageId",
    },
    getMessage: {
      cacheName: "$request.path.cacheName",
      messageId: "$response.body#/response/messages/0/messageId",
    },
  },
  createPortalSession: {
    deletePortalSession: {
      cacheName: "$request.path.cacheName",
      sessionId: "$response.body#/response/sessionId",
    },
  },
  publish: {
    getMessage: {
      cacheName: "$request.path.cacheName",
      messageId: "$response.body#/response/messageId",
    },
  },
  publishBatch: {
    getMessage: {
      cacheName: "$request.path.cacheName",
      messageId: "$response.body#/response/results/0/messageId",
    },
  },
};

/** The links of an operation's successful responses, by the operations that they lead to. */
export function linksOf(operationId: string): Json | undefined {
  const found = Object.entries(links).find(([id]) => id === operationId)?.[1];
  if (!found) return undefined;
  const named = Object.entries(found).map(([target, parameters]) => [
    target,
    { operationId: target, parameters },
  ]);
  return Object.fromEntries(named);
}
