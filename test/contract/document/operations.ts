/** The operations as the contract writes them: method, path, and what a key needs for it. */
export const operations = {
  putWebhook: ["PUT", "/api/v1/caches/{cacheName}/webhooks/{webhookName}", "manage"],
  listWebhooks: ["GET", "/api/v1/caches/{cacheName}/webhooks", "read"],
  deleteWebhook: ["DELETE", "/api/v1/caches/{cacheName}/webhooks/{webhookName}", "manage"],
  getWebhookSecret: ["GET", "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret", "manage"],
  rotateWebhookSecret: [
    "POST",
    "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret/rotate",
    "manage",
  ],
  getWebhookDetails: ["GET", "/api/v1/Webhooks/{webhookId}", "read"],
  updateWebhookDetails: ["PUT", "/api/v1/Webhooks/{webhookId}", "manage"],
  updateWebhookStatus: ["PUT", "/api/v1/Webhooks/{webhookId}/status", "manage"],
  testWebhook: ["POST", "/api/v1/Webhooks/{webhookId}/test", "manage"],
  listDeliveries: ["GET", "/api/v1/Webhooks/{webhookId}/deliveries", "read"],
  getDelivery: ["GET", "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}", "read"],
  retryDelivery: ["POST", "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}/retry", "manage"],
  recoverDeliveries: ["POST", "/api/v1/Webhooks/{webhookId}/recover", "manage"],
  getRecovery: ["GET", "/api/v1/Webhooks/{webhookId}/recover/{jobId}", "read"],
  publish: ["POST", "/api/v1/caches/{cacheName}/topics/{topicName}", "publish"],
  publishBatch: ["POST", "/api/v1/caches/{cacheName}/topics/{topicName}/batch", "publish"],
  getMessage: ["GET", "/api/v1/caches/{cacheName}/messages/{messageId}", "read"],
  suspendCache: ["POST", "/api/v1/caches/{cacheName}/suspend", "manage"],
  resumeCache: ["POST", "/api/v1/caches/{cacheName}/resume", "manage"],
  getEgressAddresses: ["GET", "/api/v1/egress-addresses", null],
  getOpenApi: ["GET", "/api/v1/openapi.json", null],
} as const satisfies Record<string, readonly [string, string, string | null]>;

/** Those that need a key of all caches, besides their permission. */
export const forOperators: readonly string[] = ["suspendCache", "resumeCache"];

export type Operation = keyof typeof operations;

export const operationNames = Object.keys(operations) as Operation[]; // Object.keys forgets the literal keys

/** Values for the parameters of a path, by name. */
export type Params = Readonly<Record<string, string>>;

/** The path with every parameter percent-encoded. */
export function pathOf(operation: Operation, params: Params): string {
  const [, path] = operations[operation];
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${operation} needs ${name}`);
    return encodeURIComponent(value);
  });
}
