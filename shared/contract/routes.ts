import * as z from "zod/mini";
import {
  maxBatchBytes,
  PublishBatchBody,
  PublishBatchBodyInDocs,
  PublishBatchHeaders,
  PublishBatchResponse,
} from "./batch.ts";
import { CacheStatusResponse } from "./cache.ts";
import {
  Delivery,
  ListDeliveriesQuery,
  ListDeliveriesResponse,
  RetryDeliveryResponse,
  TestWebhookResponse,
} from "./delivery.ts";
import { EgressAddressesResponse } from "./egress.ts";
import { type Endpoint, endpoints } from "./endpoints.ts";
import { GetMessageResponse } from "./kept-message.ts";
import { PublishHeaders, PublishQuery, PublishResponse } from "./message.ts";
import { RecoverBody, RecoverResponse, Recovery } from "./recovery.ts";
import type { RefusalStatus } from "./refusals.ts";
import { HopHeaders } from "./values/hops.ts";
import { JobId, MessageId, WebhookId } from "./values/ids.ts";
import { CacheName, TopicName, WebhookName } from "./values/names.ts";
import { pagingQuery } from "./values/paging.ts";
import { ifMatchHeader, ifNoneMatchHeader } from "./values/preconditions.ts";
import { Webhook } from "./webhook.ts";
import {
  ListWebhooksResponse,
  PutWebhookBody,
  PutWebhookResponse,
  RotatedSecret,
  RotateSecretBody,
  UpdateDetailsBody,
  UpdateStatusBody,
  UpdateStatusResponse,
  WebhookSecret,
} from "./webhook-operations.ts";

export type Permission = "read" | "manage" | "publish";

/** One operation: everything that the gateway, the wrapper, OpenAPI and the clients know about it. */
export interface Route extends Endpoint {
  /** What the key must be allowed to do; null needs no key. */
  readonly permission: Permission | null;
  /** Only for keys that cover every cache: it is for operators, not for a tenant. */
  readonly needsAllCaches?: true;
  readonly params: z.core.$ZodType;
  readonly query?: z.core.$ZodType;
  readonly headers?: z.core.$ZodType;
  /** A schema of the JSON body, or `bytes` where the body itself is the value. */
  readonly body?: z.core.$ZodType | "bytes";
  /** The body as documents show it, where the parts of it are parsed one by one. */
  readonly bodyInDocs?: z.core.$ZodType;
  /** What a JSON body may have; a longer one is a 413 and is not parsed. Without it, one over 256 KiB is a bad body. */
  readonly maxBodyBytes?: number;
  /** The usual status first. */
  readonly statuses: readonly [number, ...number[]];
  /** The statuses that refuse it, beside those that may refuse any operation. */
  readonly refusals: readonly RefusalStatus[];
  readonly response: z.core.$ZodType;
  /** Answers with a secret are not to be cached by anyone. */
  readonly answersSecret?: true;
  /** Answers with an `ETag`. */
  readonly answersVersion?: true;
  readonly summary: string;
  readonly description: string;
}

const cacheParams = z.object({ cacheName: CacheName });
const webhookParams = z.object({ cacheName: CacheName, webhookName: WebhookName });
const webhookIdParams = z.object({ webhookId: WebhookId });
const deliveryParams = z.object({ webhookId: WebhookId, messageId: MessageId });
const recoveryParams = z.object({ webhookId: WebhookId, jobId: JobId });
const topicParams = z.object({ cacheName: CacheName, topicName: TopicName });

/** The table of operations: an operation is described here once, upon the endpoint that it is reached at. */
export const routes = {
  putWebhook: {
    ...endpoints.putWebhook,
    permission: "manage",
    params: webhookParams,
    headers: ifMatchHeader,
    body: PutWebhookBody,
    statuses: [200, 201],
    refusals: [409, 412],
    response: PutWebhookResponse,
    answersVersion: true,
    answersSecret: true,
    summary: "Create or replace a webhook",
    description:
      "Creates the webhook, or replaces its topic and URL and whatever else is sent. Store the " +
      "secretString safely: it is what incoming webhook requests are validated with. A cache has at most " +
      "webhooksPerCache webhooks, ten of them for the topic `$hookcast`; one more is refused with 429.",
  },
  listWebhooks: {
    ...endpoints.listWebhooks,
    permission: "read",
    params: cacheParams,
    query: z.strictObject({ ...pagingQuery, topicName: z.optional(TopicName) }),
    statuses: [200],
    refusals: [],
    response: ListWebhooksResponse,
    summary: "List the webhooks of a cache",
    description:
      "In name order. It can be called as often as needed; caching the list reduces calls and " +
      "improves performance.",
  },
  deleteWebhook: {
    ...endpoints.deleteWebhook,
    permission: "manage",
    params: webhookParams,
    headers: ifMatchHeader,
    statuses: [200],
    refusals: [404, 409, 412],
    response: z.object({}),
    summary: "Delete a webhook",
    description:
      "A deleted webhook is no longer active: messages for it are ignored, and waiting deliveries " +
      "end without a trace to the receiver.",
  },
  getWebhookSecret: {
    ...endpoints.getWebhookSecret,
    permission: "manage",
    params: webhookParams,
    statuses: [200],
    refusals: [404],
    response: WebhookSecret,
    answersSecret: true,
    summary: "Get a webhook's secret",
    description:
      "The secret is essential for validating incoming webhook requests. Store and manage it securely.",
  },
  rotateWebhookSecret: {
    ...endpoints.rotateWebhookSecret,
    permission: "manage",
    params: webhookParams,
    body: RotateSecretBody,
    statuses: [200],
    refusals: [404, 409],
    response: RotatedSecret,
    answersSecret: true,
    summary: "Replace a webhook's secret",
    description:
      "The new secret holds at once. For graceHours (24 unless told otherwise) deliveries are also signed " +
      "with the previous one, so that receivers can change over. Store the new secret safely.",
  },
  getWebhookDetails: {
    ...endpoints.getWebhookDetails,
    permission: "read",
    params: webhookIdParams,
    headers: ifNoneMatchHeader,
    statuses: [200, 304],
    refusals: [404],
    response: Webhook,
    answersVersion: true,
    summary: "Get a webhook's details",
    description:
      "By the unique identifier, which putWebhook answers and listWebhooks shows. Note the details down " +
      "before updating the webhook.",
  },
  updateWebhookDetails: {
    ...endpoints.updateWebhookDetails,
    permission: "manage",
    params: webhookIdParams,
    headers: ifMatchHeader,
    body: UpdateDetailsBody,
    statuses: [200],
    refusals: [404, 409, 412],
    response: Webhook,
    answersVersion: true,
    summary: "Update a webhook's details",
    description:
      "All of productId, events, config.url and config.customHeaders must be in the body, changed or not: " +
      "read the details before an update. Topic, names, status and secret cannot be changed here.",
  },
  updateWebhookStatus: {
    ...endpoints.updateWebhookStatus,
    permission: "manage",
    params: webhookIdParams,
    headers: ifMatchHeader,
    body: UpdateStatusBody,
    statuses: [200],
    refusals: [404, 409, 412],
    response: UpdateStatusResponse,
    answersVersion: true,
    summary: "Activate or deactivate a webhook",
    description:
      "While a webhook is inactive, messages are neither delivered to it nor queued for later, and " +
      "deliveries that were waiting become failed.",
  },
  testWebhook: {
    ...endpoints.testWebhook,
    permission: "manage",
    params: webhookIdParams,
    headers: HopHeaders,
    statuses: [200],
    refusals: [404, 409],
    response: TestWebhookResponse,
    summary: "Send a test event",
    description:
      "Sends one signed hookcast.test event now, without a retry, also to an inactive webhook, and returns " +
      "what came back. It waits at most 10 seconds for the receiver, whatever the webhook's time-out. A key " +
      "sends at most one a second, and five at once; beyond that the answer is 429 with `retry-after`.",
  },
  listDeliveries: {
    ...endpoints.listDeliveries,
    permission: "read",
    params: webhookIdParams,
    query: ListDeliveriesQuery,
    statuses: [200],
    refusals: [404],
    response: ListDeliveriesResponse,
    summary: "List a webhook's deliveries",
    description:
      "Newest published first. A delivery enters the list when its first attempt has ended. The log of a " +
      "deleted webhook stays readable until it expires.",
  },
  getDelivery: {
    ...endpoints.getDelivery,
    permission: "read",
    params: deliveryParams,
    statuses: [200],
    refusals: [404],
    response: Delivery,
    summary: "Get a delivery with its attempts",
    description: "One message to one webhook, with every attempt that was made.",
  },
  retryDelivery: {
    ...endpoints.retryDelivery,
    permission: "manage",
    params: deliveryParams,
    headers: HopHeaders,
    statuses: [202],
    refusals: [404, 409],
    response: RetryDeliveryResponse,
    summary: "Send a delivery again",
    description:
      "Enqueues it now as a new generation of attempts, whether it failed, is being retried or was " +
      "delivered. An older chain of the same delivery ends by itself.",
  },
  recoverDeliveries: {
    ...endpoints.recoverDeliveries,
    permission: "manage",
    params: webhookIdParams,
    headers: HopHeaders,
    body: RecoverBody,
    statuses: [202],
    refusals: [404, 409],
    response: RecoverResponse,
    summary: "Send many deliveries again",
    description:
      "Starts a recovery of messages published in the window, oldest first, at the deployment's rate " +
      "(recoverRate, 100 deliveries a second). `failed` sends deliveries that have failed, each as a new " +
      "generation of attempts. `missing` sends kept messages of the webhook's topic that it wants now and " +
      "of which it has no delivery: published before it was put, while it was inactive, or lost. Messages " +
      "older than seven days are past the life of a delivery and are left out. getRecovery tells how far " +
      "it is; with dryRun it counts and sends nothing. It stops when the webhook is deleted or inactive. One recovery " +
      "of a webhook runs at a time, dry runs included: meanwhile the answer is 409, which names the running one in " +
      "`details` under `jobId`. A cache runs at most five at once; beyond that the answer is 429.",
  },
  getRecovery: {
    ...endpoints.getRecovery,
    permission: "read",
    params: recoveryParams,
    statuses: [200],
    refusals: [404],
    response: Recovery,
    summary: "Tell how far a recovery is",
    description:
      "`matched` counts the deliveries found so far, `enqueued` those of them that were sent: fewer while it " +
      "runs, and in the end where a message is no longer kept or was attempted meanwhile. `stopped` means " +
      "that the webhook was deleted or became inactive before the end, that the queue did not take the first step, or " +
      "that it made no progress for an hour (five minutes before its first step) and another recovery took its place.",
  },
  publish: {
    ...endpoints.publish,
    permission: "publish",
    params: topicParams,
    query: PublishQuery,
    headers: PublishHeaders,
    body: "bytes",
    statuses: [202],
    refusals: [409, 415],
    response: PublishResponse,
    summary: "Publish a message to a topic",
    description:
      "The request body is the value, delivered byte for byte to every active webhook that is " +
      "subscribed to the topic and whose events and productId match. Topics that begin with `$` are refused.",
  },
  publishBatch: {
    ...endpoints.publishBatch,
    permission: "publish",
    params: topicParams,
    headers: PublishBatchHeaders,
    body: PublishBatchBody,
    bodyInDocs: PublishBatchBodyInDocs,
    maxBodyBytes: maxBatchBytes,
    statuses: [202],
    refusals: [409],
    response: PublishBatchResponse,
    summary: "Publish up to 100 messages to a topic",
    description:
      "One result for each message, in order. A bad entry fails alone. Each value keeps its own JSON text. " +
      "Topics that begin with `$` are refused.",
  },
  getMessage: {
    ...endpoints.getMessage,
    permission: "read",
    params: z.object({ cacheName: CacheName, messageId: MessageId }),
    statuses: [200],
    refusals: [404],
    response: GetMessageResponse,
    summary: "Get a message",
    description: "The message with its value, until it expires.",
  },
  suspendCache: {
    ...endpoints.suspendCache,
    permission: "manage",
    needsAllCaches: true,
    params: cacheParams,
    statuses: [200],
    refusals: [409],
    response: CacheStatusResponse,
    summary: "Stop a cache",
    description:
      "Within a minute nothing of the cache is posted any more, and publishes and tests are refused with a 409. " +
      "What was accepted waits, for as long as any delivery waits, and goes out after resumeCache. Needs a key of all caches.",
  },
  resumeCache: {
    ...endpoints.resumeCache,
    permission: "manage",
    needsAllCaches: true,
    params: cacheParams,
    statuses: [200],
    refusals: [409],
    response: CacheStatusResponse,
    summary: "Let a stopped cache go on",
    description:
      "Publishes and tests are taken again within a minute, and what waits goes out at the rate at which a " +
      "webhook that recovers gets its deliveries. Needs a key of all caches.",
  },
  getEgressAddresses: {
    ...endpoints.getEgressAddresses,
    permission: null,
    params: z.object({}),
    statuses: [200],
    refusals: [],
    response: EgressAddressesResponse,
    summary: "Get the addresses that deliveries come from",
    description:
      "IPv4 addresses, or blocks of them, that a receiver's firewall can allow: every delivery and test event comes from one " +
      "of them. Empty where the deployment has no fixed addresses (staticAddresses). Needs no key.",
  },
  getOpenApi: {
    ...endpoints.getOpenApi,
    permission: null,
    params: z.object({}),
    statuses: [200],
    refusals: [],
    response: z.record(z.string(), z.unknown()),
    summary: "Get this document",
    description: "The OpenAPI 3.1 description of every operation.",
  },
} as const satisfies Record<keyof typeof endpoints, Route>;

export type OperationId = keyof typeof routes;
