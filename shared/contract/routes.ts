import * as z from "zod/mini";
import { PublishHeaders, PublishQuery, PublishResponse } from "./message.ts";
import { CacheName, TopicName, WebhookName } from "./names.ts";
import { pagingQuery } from "./paging.ts";
import { ifMatchHeader } from "./preconditions.ts";
import {
  ListWebhooksResponse,
  PutWebhookBody,
  PutWebhookResponse,
  WebhookSecret,
} from "./webhook.ts";

export type Method = "GET" | "PUT" | "POST" | "DELETE";
export type Permission = "read" | "manage" | "publish";

/** One operation: everything that the gateway, the wrapper, OpenAPI and the clients know about it. */
export interface Route {
  readonly method: Method;
  readonly path: `/api/v1/${string}`;
  /** What the key must be allowed to do; null needs no key. */
  readonly permission: Permission | null;
  readonly params: z.core.$ZodType;
  readonly query?: z.core.$ZodType;
  readonly headers?: z.core.$ZodType;
  /** A schema of the JSON body, or `bytes` where the body itself is the value. */
  readonly body?: z.core.$ZodType | "bytes";
  /** The usual status first. */
  readonly statuses: readonly [number, ...number[]];
  readonly response: z.core.$ZodType;
  /** Answers with a secret are not to be cached by anyone. */
  readonly answersSecret?: true;
  readonly summary: string;
  readonly description: string;
}

const cacheParams = z.object({ cacheName: CacheName });
const webhookParams = z.object({ cacheName: CacheName, webhookName: WebhookName });
const topicParams = z.object({ cacheName: CacheName, topicName: TopicName });

/** The table of operations: an endpoint is written here once. */
export const routes = {
  putWebhook: {
    method: "PUT",
    path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}",
    permission: "manage",
    params: webhookParams,
    headers: ifMatchHeader,
    body: PutWebhookBody,
    statuses: [200, 201],
    response: PutWebhookResponse,
    answersSecret: true,
    summary: "Create or replace a webhook",
    description:
      "Creates the webhook, or replaces its topic and URL and whatever else is sent. Store the " +
      "secretString safely: it is what incoming webhook requests are validated with.",
  },
  listWebhooks: {
    method: "GET",
    path: "/api/v1/caches/{cacheName}/webhooks",
    permission: "read",
    params: cacheParams,
    query: z.strictObject({ ...pagingQuery, topicName: z.optional(TopicName) }),
    statuses: [200],
    response: ListWebhooksResponse,
    summary: "List the webhooks of a cache",
    description:
      "In name order. It can be called as often as needed; caching the list reduces calls and " +
      "improves performance.",
  },
  deleteWebhook: {
    method: "DELETE",
    path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}",
    permission: "manage",
    params: webhookParams,
    headers: ifMatchHeader,
    statuses: [200],
    response: z.object({}),
    summary: "Delete a webhook",
    description:
      "A deleted webhook is no longer active: messages for it are ignored, and waiting deliveries " +
      "end without a trace to the receiver.",
  },
  getWebhookSecret: {
    method: "GET",
    path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret",
    permission: "manage",
    params: webhookParams,
    statuses: [200],
    response: WebhookSecret,
    answersSecret: true,
    summary: "Get a webhook's secret",
    description:
      "The secret is essential for validating incoming webhook requests. Store and manage it securely.",
  },
  publish: {
    method: "POST",
    path: "/api/v1/caches/{cacheName}/topics/{topicName}",
    permission: "publish",
    params: topicParams,
    query: PublishQuery,
    headers: PublishHeaders,
    body: "bytes",
    statuses: [202],
    response: PublishResponse,
    summary: "Publish a message to a topic",
    description:
      "The request body is the value, delivered byte for byte to every active webhook that is " +
      "subscribed to the topic and whose events and productId match.",
  },
} as const satisfies Record<string, Route>;

export type OperationId = keyof typeof routes;
