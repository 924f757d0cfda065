import { operationalTopic } from "../../shared/domain/messages/operational-event.ts";
import { WebhookRecord } from "../../shared/domain/webhooks/webhook-record.ts";
import { keys } from "../../shared/store/keys.ts";
import { formerRows, messageRows } from "./messages.ts";
import { outboxRows } from "./outbox.ts";
import { partition, type StoredRow, single } from "./row.ts";
import { sessionRows } from "./sessions.ts";
import { dueRows, suppressedRows } from "./waiting.ts";
import { rowsOfWebhook } from "./webhook.ts";

/** Longer than any deployment keeps a message. */
export const maxRetentionDays = 366;

const dayMs = 86_400_000;

/**
 * Every row of a cache whose key can be told from what is known: no scan but of the outbox and of the
 * API keys, whatever else the tables hold. What is not found so (see docs/privacy.md) expires by itself.
 */
export async function* rowsOfCache(
  cacheName: string,
  nowMs: number,
  days: number,
): AsyncGenerator<StoredRow> {
  const { pk, prefix } = keys.webhooksOfCache(cacheName);
  const topics = new Set<string>([operationalTopic]);
  for await (const webhook of partition("webhook", "WEBHOOKS_TABLE", pk, prefix)) {
    const record = WebhookRecord.parse(webhook.row);
    const { topicName } = record;
    if (!topics.has(topicName)) {
      yield* single("topic flags", "WEBHOOKS_TABLE", keys.topicFlags(cacheName, topicName));
    }
    topics.add(topicName);
    yield* rowsOfWebhook(record);
    yield webhook;
  }
  for (const topicName of topics) yield* formerRows(cacheName, topicName);
  yield* dueRows((message) => message.cacheName === cacheName);
  yield* suppressedRows(cacheName);
  yield* outboxRows(cacheName);
  yield* sessionRows(cacheName);
  yield* messageRows(cacheName, nowMs - days * dayMs, nowMs, topics);
  yield* single("topic flags", "WEBHOOKS_TABLE", keys.topicFlags(cacheName, operationalTopic));
  yield* single("recovery", "DELIVERIES_TABLE", keys.cacheRecoveries(cacheName));
  yield* single("webhook count", "WEBHOOKS_TABLE", keys.webhookCount(cacheName));
  yield* partition("unwell webhook", "WEBHOOKS_TABLE", keys.unwell(cacheName, "").pk);
  yield* single("unwell cache", "WEBHOOKS_TABLE", keys.unwellCache(cacheName));
  yield* single("signing keys", "WEBHOOKS_TABLE", keys.signingKeys(cacheName));
  yield* single("cache", "WEBHOOKS_TABLE", keys.cache(cacheName));
}
