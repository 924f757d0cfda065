// What the examples of several operations show: both seeds' own values where they have some.

export const webhookId = "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN";
export const messageId = "msg_01JDZ4W3K8H5N2P7Q9R4S6T1VX";
export const jobId = "job_01JDZ5A7B9C2D4E6F8G1H3J5K7";
export const sessionId = "ses_01JDZ6C8D2E4F6G8H1J3K5M7N9";
export const portalToken =
  "hkp_01JDZ6C8D2E4F6G8H1J3K5M7N9_01JDB2Q5V8K3M4N6P7R8S9TAVW_1fJjkkpe9PiTw9KSulA8Ghct30vZz4HpdQ5c5b9cPF1_a72fcd45";
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const names = { cacheName: "orders", webhookName: "billing" };
export const url = "https://client_domain.com/webhook";
export const headers = { header1: "value_1", header2: "value_2" };

export const webhook = {
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

export const message = {
  messageId,
  cacheName: "orders",
  topicName: "paid",
  event: 101,
  productId: null,
  contentType: "application/json",
  publishedTime: "2024-01-24T18:20:28Z",
  expiresTime: "2024-02-23T18:20:28Z",
};

export const attempt = {
  attempt: 1,
  attemptTime: "2024-01-24T18:20:29Z",
  statusCode: 503,
  latencyMs: 48,
  error: "HTTP 503",
  responseBody: "out of order",
  request: {
    url,
    format: "standard",
    bytes: 79,
    headerNames: ["header1", "header2", "host", "content-type", "webhook-id", "webhook-signature"],
  },
  responseHeaders: { "content-type": "text/plain", "retry-after": "5" },
};

export const delivery = {
  messageId,
  topicName: "paid",
  event: 101,
  status: "retrying",
  attemptCount: 1,
  publishedTime: "2024-01-24T18:20:28Z",
  lastAttemptTime: "2024-01-24T18:20:29Z",
  nextAttemptTime: "2024-01-24T18:20:34Z",
  lastStatusCode: 503,
  latencyMs: 48,
  error: "HTTP 503",
};
