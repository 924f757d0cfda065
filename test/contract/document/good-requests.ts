import type { Client, Sent } from "../client.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { putWebhook } from "../webhooks.ts";
import { exampleBody, type Operation, operationNames, operations } from "./operations.ts";

const url = "https://client_domain.com/webhook";

/** A webhook in a cache of its own, and all else that a path may name. */
export async function freshParams(client: Client) {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const { webhookId } = await putWebhook(client, id);
  return {
    ...id,
    webhookId,
    topicName: "t",
    // The catalogue is for every cache: no other test publishes this event.
    event: `event-${freshCache()}`,
    document: "openapi.json",
    messageId: "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
    jobId: "job_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
    sessionId: "ses_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  };
}
export type FreshParams = Awaited<ReturnType<typeof freshParams>>;

function recently(): string {
  return new Date(Date.now() - 60_000).toISOString();
}

const signing = {
  signatures: [
    { scheme: "github", until: "2030-01-01T00:00:00Z" },
    {
      header: "x-signature",
      content: "{timestamp}.{body}",
      algorithm: "sha256",
      encoding: "hex",
      value: "t={timestamp},v1={signature}",
      key: "text",
      separator: ",v1=",
      until: "2030-01-01T00:00:00Z",
    },
  ],
  standardSignature: true,
  asymmetric: true,
  metaHeaders: { "x-event": "{event}" },
  auth: {
    type: "oauth2",
    tokenUrl: "https://login.client_domain.com/token",
    clientId: "hookcast",
    clientSecret: "secret",
    scope: "hooks",
    audience: "hooks",
    clientAuthentication: "post",
  },
};

const filter = {
  event: ["paid", 101, { "anything-but": { prefix: "test" } }],
  value: { amount: [{ numeric: [">", 0] }], customer: { country: ["AT", { exists: false }] } },
  $or: [{ productId: [7] }, { contentType: [{ "equals-ignore-case": "application/json" }] }],
};

/** Bodies that hold more than the contract's example does, or that have to be fresh. */
const ownBodies: Partial<Record<Operation, (params: FreshParams) => object>> = {
  putWebhook: ({ cacheName, webhookName }) => ({
    id: { cacheName, webhookName },
    destination: { postUrl: url },
    topicName: "t",
    productId: 7,
    events: [101, "invoice.paid", "order.*"],
    config: {
      customHeaders: { header1: "value_1" },
      filter,
      format: "raw",
      timeoutSeconds: 15,
      maxPerSecond: 2.5,
      ...signing,
    },
    secretString: `whsec_${"A".repeat(32)}`,
  }),
  createWebhook: ({ cacheName }) => ({
    id: { cacheName },
    productId: 7,
    events: [101, "invoice.paid"],
    config: { url, customHeaders: { header1: "value_1" } },
  }),
  updateWebhookDetails: () => ({
    productId: 7,
    events: [101, "invoice.paid"],
    config: {
      url,
      customHeader: { header1: "value_1" },
      format: "raw",
      timeoutSeconds: 15,
      maxPerSecond: 2.5,
      filter,
      ...signing,
    },
  }),
  // A schema and examples may be anything: tests of their own tell what is refused of them.
  putEventType: () => ({
    description: "An invoice was paid.",
    group: "Billing",
    status: "active",
    validate: "warn",
    audience: ["partners"],
  }),
  updateWebhookStatus: () => ({ webhookStatus: "active" }),
  recoverDeliveries: () => ({ since: recently(), mode: "failed", dryRun: true }),
  createPortalSession: () => ({
    permissions: ["read", "resend"],
    topics: ["paid", "größe"],
    audience: "public",
    expiresInSeconds: 300,
    theme: { name: "Client", logo: "data:image/png;base64,AAAA", accent: "#0a7f5a", mode: "dark" },
    locale: "de-AT",
    returnUrl: "https://app.client.example/settings",
  }),
  testFilter: () => ({
    ...{ filter, event: "paid", productId: null, contentType: "application/json" },
    value: { amount: 1 },
  }),
  publishBatch: () => ({ messages: [{ value: 1 }] }),
  // An example has to be in the catalogue: tests of their own tell what is refused of it.
  testWebhook: () => ({}),
};

/** A body for each operation that takes one. */
export const bodies = operationNames
  .filter((operation) => typeof operations[operation].body === "object")
  .map(
    (operation) =>
      [operation, ownBodies[operation] ?? (() => exampleBody(operation) ?? {})] as const,
  );

/** What the operation is sent beside its path. */
export function goodRequest(operation: Operation, params: FreshParams): Sent {
  if (operations[operation].body === "bytes") return { json: {} };
  const json = bodies.find(([name]) => name === operation)?.[1](params);
  return json ? { json } : {};
}
