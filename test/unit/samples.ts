import type { DeliveryJob, MessageMetadata } from "../../shared/contract/jobs.ts";
import type {
  AttemptRecord,
  DeliveryRecord,
} from "../../shared/domain/attempts/delivery-record.ts";
import type { WebhookRecord } from "../../shared/domain/webhooks/webhook-record.ts";

export const webhookId = "whk_01JDB2Q5V8K3M4N6P7R8S9TAVW";
export const messageId = "msg_01HMYWCRK00W3GE1R70W3GE1R7";

/** The time in `messageId`: 24 January 2024, 23:20:28 UTC. */
export const publishedTimeMs = Date.UTC(2024, 0, 24, 23, 20, 28);

let webhooks = 0;

/** One that no other webhook has. */
export function freshWebhookId(): string {
  webhooks += 1;
  return `whk_01JDB2Q5V8K3M4N6P7R8${String(webhooks).padStart(6, "0")}`;
}

export function webhookWith(changes: Partial<WebhookRecord> = {}): WebhookRecord {
  return {
    v: 1,
    webhookId,
    cacheName: "orders",
    webhookName: "billing",
    topicName: "paid",
    url: "https://client_domain.com/webhook",
    productId: null,
    events: [],
    status: "active",
    sealedSecret: "1.1.sealed",
    format: "standard",
    timeoutSeconds: 15,
    createdTimeMs: publishedTimeMs,
    lastModifiedTimeMs: publishedTimeMs,
    version: 1,
    ...changes,
  };
}

export function factsWith(changes: Partial<MessageMetadata> = {}): MessageMetadata {
  return {
    messageId,
    cacheName: "orders",
    topicName: "paid",
    event: null,
    productId: null,
    contentType: "application/json",
    publishedTimeMs,
    keyId: "key_01JDB2Q5V8K3M4N6P7R8S9TAVW",
    sequenceNumber: null,
    ...changes,
  };
}

export function jobWith(changes: Partial<DeliveryJob> = {}): DeliveryJob {
  return {
    v: 1,
    webhookId,
    webhookName: "billing",
    generation: 1,
    attempt: 1,
    message: factsWith(),
    payload: { kind: "json", text: '{"total":12}' },
    ...changes,
  };
}

export function attemptWith(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    attempt: 1,
    timeMs: publishedTimeMs + 50,
    statusCode: 500,
    latencyMs: 12,
    error: "HTTP 500",
    responseBody: "oops",
    ...changes,
  };
}

export function deliveryWith(changes: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    v: 1,
    webhookId,
    messageId,
    topicName: "paid",
    event: null,
    status: "retrying",
    generation: 1,
    attemptCount: 1,
    publishedTimeMs,
    lastAttemptTimeMs: publishedTimeMs + 50,
    nextAttemptTimeMs: publishedTimeMs + 5_050,
    error: null,
    firstAttempt: attemptWith(),
    expiresAt: Math.ceil(publishedTimeMs / 1000) + 30 * 86_400,
    ...changes,
  };
}
