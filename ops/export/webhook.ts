import type { WebhookRecord } from "../../shared/domain/webhooks/webhook-record.ts";
import { deliveryShards, keys } from "../../shared/store/keys.ts";
import { parkShards } from "../../shared/store/waiting/waiting-jobs.ts";
import { noticeKeys } from "../../shared/store/webhooks/webhook-writer.ts";
import { partition, type StoredRow, single } from "./row.ts";

/**
 * Everything about a webhook but the webhook itself. What is found by way of another row comes before it,
 * so that an erasure that was cut short finds the rest the next time.
 */
export async function* rowsOfWebhook(webhook: WebhookRecord): AsyncGenerator<StoredRow> {
  const { webhookId, cacheName, topicName, webhookName } = webhook;
  const subscription = keys.subscription(cacheName, topicName, webhookName);
  yield* single("subscription", "WEBHOOKS_TABLE", subscription);
  for (let shard = 0; shard < parkShards; shard += 1) {
    const { pk } = keys.parked(webhookId, shard, 0, "");
    yield* partition("parked delivery", "DELIVERIES_TABLE", pk);
  }
  for (let shard = 0; shard < deliveryShards; shard += 1) {
    const { pk } = keys.delivery(webhookId, shard, "");
    for await (const head of partition("delivery", "DELIVERIES_TABLE", pk)) {
      const attempts = keys.attemptsOf(webhookId, head.key.sk);
      yield* partition("attempt", "DELIVERIES_TABLE", attempts);
      yield head;
    }
  }
  const recoveries = keys.recovery(webhookId, "").pk;
  yield* partition("recovery", "DELIVERIES_TABLE", recoveries);
  yield* partition("stats", "DELIVERIES_TABLE", keys.stats(webhookId, 0).pk);
  yield* partition("webhook settings", "WEBHOOKS_TABLE", keys.settings(webhookId, 0).pk);
  for (const key of noticeKeys(webhook)) {
    yield* single("certificate notice", "WEBHOOKS_TABLE", key);
  }
  yield* single("breaker", "WEBHOOKS_TABLE", keys.breaker(webhookId));
  yield* single("health", "WEBHOOKS_TABLE", keys.health(webhookId));
  yield* single("token", "WEBHOOKS_TABLE", keys.token(webhookId));
  yield* single("slots", "WEBHOOKS_TABLE", keys.slots(webhookId));
  yield* single("webhook id", "WEBHOOKS_TABLE", keys.webhookId(webhookId));
}
