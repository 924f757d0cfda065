import type { WebhookRecord } from "./webhook-record.ts";

type Fixed =
  | "webhookId"
  | "cacheName"
  | "webhookName"
  | "createdTimeMs"
  | "lastModifiedTimeMs"
  | "version";

/** The next version of a webhook. The time of its last change never goes back, even where a clock does. */
export function changeWebhook(
  previous: WebhookRecord,
  changes: Partial<Omit<WebhookRecord, Fixed>>,
  nowMs: number,
): WebhookRecord {
  return {
    ...previous,
    ...changes,
    version: previous.version + 1,
    lastModifiedTimeMs: Math.max(previous.lastModifiedTimeMs, nowMs),
  };
}
