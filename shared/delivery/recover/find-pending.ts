import { type DeliveryRecord, deliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { openMatcher } from "../../domain/filters/matcher.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Message, MessageStore } from "../../store/messages/message-store.ts";
import { firstJob } from "../publish/store-and-enqueue.ts";

/**
 * The delivery of a message whose first attempt has not ended. Nothing is stored of it until then, so it is
 * told from the message and the webhook: whether the one would be sent to the other.
 */
export async function findPending(
  webhook: WebhookRecord,
  messageId: string,
  messages: Pick<MessageStore, "find">,
): Promise<DeliveryRecord | undefined> {
  const message = await messages.find(webhook.cacheName, messageId);
  if (!message || message.facts.topicName !== webhook.topicName) return undefined;
  if (!openMatcher(message.facts, () => message.payload).matches(webhook)) return undefined;
  return pendingDelivery(webhook, message);
}

/** The same of a message that is known to match its subscription. */
export function pendingDelivery(
  webhook: Parameters<typeof firstJob>[0],
  message: Message,
): DeliveryRecord {
  const timeMs = message.facts.publishedTimeMs;
  return deliveryRecord(firstJob(webhook, message, 1), null, { kind: "retry", timeMs }, 0);
}
