import { WebhookRecord } from "../../shared/domain/webhooks/webhook-record.ts";
import { deliveryKey, keys } from "../../shared/store/keys.ts";
import { messageKey } from "../../shared/store/messages/message-store.ts";
import { parkShards, readWaiting } from "../../shared/store/waiting/waiting-jobs.ts";
import { partition, type StoredRow, single } from "./row.ts";
import { dueRows } from "./waiting.ts";

/** Everything about one message: itself, and what the webhooks of its cache have made of it. */
export async function* rowsOfMessage(
  cacheName: string,
  messageId: string,
): AsyncGenerator<StoredRow> {
  yield* single("message", "MESSAGES_TABLE", messageKey(cacheName, messageId));
  yield* dueRows((message) => message.messageId === messageId && message.cacheName === cacheName);
  const { pk, prefix } = keys.webhooksOfCache(cacheName);
  for await (const { row } of partition("webhook", "WEBHOOKS_TABLE", pk, prefix)) {
    const { webhookId } = WebhookRecord.parse(row);
    yield* parkedRows(webhookId, messageId);
    const attempts = keys.attemptsOf(webhookId, messageId);
    yield* partition("attempt", "DELIVERIES_TABLE", attempts);
    yield* single("delivery", "DELIVERIES_TABLE", deliveryKey(webhookId, messageId));
  }
}

async function* parkedRows(webhookId: string, messageId: string): AsyncGenerator<StoredRow> {
  for (let shard = 0; shard < parkShards; shard += 1) {
    const { pk } = keys.parked(webhookId, shard, 0, "");
    for await (const found of partition("parked delivery", "DELIVERIES_TABLE", pk)) {
      if (readWaiting([found.row]).some(({ job }) => job.message.messageId === messageId))
        yield found;
    }
  }
}
