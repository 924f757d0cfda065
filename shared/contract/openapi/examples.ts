import type { OperationId } from "../routes.ts";

interface Example {
  readonly body?: unknown;
  readonly answer: unknown;
}

const webhookId = "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN";
const messageId = "msg_01JDZ4W3K8H5N2P7Q9R4S6T1VX";
const jobId = "job_01JDZ5A7B9C2D4E6F8G1H3J5K7";
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const names = { cacheName: "orders", webhookName: "billing" };
const url = "https://client_domain.com/webhook";
const headers = { header1: "value_1", header2: "value_2" };

const webhook = {
  webhookId,
  id: names,
  topicName: "paid",
  destination: { postUrl: url },
  productId: 12345,
  events: [101, 102],
  webhookStatus: "active",
  config: {
    url,
    customHeader: headers,
    customHeaders: headers,
    format: "standard",
    timeoutSeconds: 15,
    maxPerSecond: 5,
  },
  createdTime: "2024-01-24T03:20:28Z",
  lastModifiedTime: "2024-01-24T18:20:28Z",
};

const attempt = {
  attempt: 1,
  attemptTime: "2024-01-24T18:20:29Z",
  statusCode: 503,
  latencyMs: 48,
  error: "HTTP 503",
  responseBody: "out of order",
};

const delivery = {
  messageId,
  topicName: "paid",
  event: 101,
  status: "retrying",
  attemptCount: 1,
  publishedTime: "2024-01-24T18:20:28Z",
  lastAttemptTime: "2024-01-24T18:20:29Z",
  nextAttemptTime: "2024-01-24T18:20:34Z",
  error: null,
};

const examples: Partial<Record<OperationId, Example>> = {
  putWebhook: {
    body: {
      id: names,
      destination: { postUrl: url },
      topicName: "paid",
      config: { maxPerSecond: 5 },
    },
    answer: success({ secretString: secret, webhookId, webhook }),
  },
  listWebhooks: { answer: success({ webhooks: [webhook], nextCursor: null }) },
  deleteWebhook: { answer: success({}) },
  getWebhookSecret: { answer: success({ secret, ...names }) },
  rotateWebhookSecret: {
    body: { graceHours: 24 },
    answer: success({ secret, ...names, previousSecretExpiresTime: "2024-01-25T18:20:28Z" }),
  },
  getWebhookDetails: { answer: success(webhook) },
  updateWebhookDetails: {
    body: {
      productId: 12345,
      events: [101, 102],
      config: { url, customHeaders: headers, maxPerSecond: 5 },
    },
    answer: success(webhook),
  },
  updateWebhookStatus: {
    body: { webhookStatus: "inactive" },
    answer: success({ webhookId, webhookStatus: "Webhook is inactive." }),
  },
  testWebhook: {
    answer: success({ delivered: true, statusCode: 200, latencyMs: 48, responseBody: "ok" }),
  },
  listDeliveries: { answer: success({ deliveries: [delivery], nextCursor: null }) },
  getDelivery: { answer: success({ ...delivery, attempts: [attempt] }) },
  retryDelivery: { answer: success({ messageId }) },
  recoverDeliveries: {
    body: { since: "2024-01-24T18:00:00Z", until: "2024-01-24T20:00:00Z", mode: "failed" },
    answer: success({ jobId }),
  },
  getRecovery: {
    answer: success({
      state: "running",
      matched: 1200,
      enqueued: 1100,
      startedTime: "2024-01-24T21:20:28Z",
      endedTime: null,
    }),
  },
  publish: { answer: success({ messageId }) },
  publishBatch: {
    body: { messages: [{ value: { amount: 12 }, event: 101 }, { text: "Here I am!!" }] },
    answer: success({
      results: [
        { messageId },
        {
          error: { code: "INVALID_ARGUMENT_ERROR", message: "text must not hold lone surrogates" },
        },
      ],
    }),
  },
  suspendCache: { answer: success({ cacheName: "orders", cacheStatus: "suspended" }) },
  resumeCache: { answer: success({ cacheName: "orders", cacheStatus: "active" }) },
  getEgressAddresses: { answer: success({ addresses: ["203.0.113.10", "203.0.113.11"] }) },
  getMessage: {
    answer: success({
      messageId,
      cacheName: "orders",
      topicName: "paid",
      event: 101,
      productId: null,
      contentType: "application/json",
      publishedTime: "2024-01-24T18:20:28Z",
      expiresTime: "2024-02-23T18:20:28Z",
      value: { amount: 12 },
    }),
  },
};

/** What the operation is sent and answers, where it has JSON to show; both seeds' own values where they have some. */
export function exampleOf(operationId: string): Example | undefined {
  return Object.hasOwn(examples, operationId) ? examples[operationId as OperationId] : undefined; // it is one of the keys
}

function success(response: unknown) {
  return { status: "success", response };
}
