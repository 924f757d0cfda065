import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import type { Webhook } from "../../contract/webhook.ts";
import { isoTime } from "../ids/iso-time.ts";
import type { WebhookRecord } from "./webhook-record.ts";

/**
 * The one place where a record becomes the webhook that answers show. The two documents behind the API
 * name the same things differently: `destination.postUrl` and `config.url` are one URL, `customHeader`
 * (which the Thredd page answers) and `customHeaders` (which it asks for) are one map; both are shown.
 */
export function presentWebhook(
  record: WebhookRecord,
  headers: CustomHeaders,
  isSuspended: boolean,
): Webhook {
  return {
    webhookId: record.webhookId,
    id: { cacheName: record.cacheName, webhookName: record.webhookName },
    topicName: record.topicName,
    destination: { postUrl: record.url },
    productId: record.productId,
    events: record.events,
    webhookStatus: record.status,
    ...(record.statusReason && { statusReason: record.statusReason }),
    ...(isSuspended && { cacheStatus: "suspended" as const }),
    config: {
      url: record.url,
      customHeader: headers,
      customHeaders: headers,
      format: record.format,
      timeoutSeconds: record.timeoutSeconds,
      ...(record.maxPerSecond !== undefined && { maxPerSecond: record.maxPerSecond }),
    },
    createdTime: isoTime(record.createdTimeMs),
    lastModifiedTime: isoTime(record.lastModifiedTimeMs),
  };
}

/** Header values may be receivers' tokens: a key that may not manage sees that they are there, no more. */
export function maskHeaders(headers: CustomHeaders): CustomHeaders {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, "•••"]));
}

/**
 * Names this version of this webhook; one that was deleted and put again never matches its predecessor. What is
 * seen while the cache is suspended has a tag of its own, since it must not be taken for what is seen after.
 */
export function entityTag(record: WebhookRecord, isSuspended = false): string {
  return `"${record.webhookId}.${record.version}${isSuspended ? ".suspended" : ""}"`;
}
