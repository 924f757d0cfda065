import type { DeliveryJob, MessageFacts } from "../contract/delivery.ts";
import type { Payload } from "../contract/message.ts";
import { fitsInline } from "../domain/inline-payload.ts";
import { expiryOf } from "../domain/retention.ts";
import { wants } from "../domain/wants.ts";
import type { Subscription } from "../domain/webhook-record.ts";
import type { DeliveryQueue } from "../queue/delivery-queue.ts";
import type { FanOutQueue } from "../queue/fan-out-queue.ts";
import type { Message, MessageStore } from "../store/message-store.ts";
import type { WebhookStore } from "../store/webhook-store.ts";

export interface DispatchDeps {
  readonly messages: Pick<MessageStore, "put" | "nextNumber">;
  readonly webhooks: Pick<WebhookStore, "subscribers">;
  readonly deliveries: DeliveryQueue;
  readonly fanOut: FanOutQueue;
  readonly retentionDays: number;
}

/** So many subscribers are sent to at once; the rest are left to a fan-out job. */
const firstPage = 10;
/** One more tells that there are more, and the topic's flags may take a row. */
const firstRows = firstPage + 2;

/**
 * Stores a message and sends it on its way. Returns once the queues have accepted every delivery of the
 * first page and the job for the rest: from then on it is accounted for.
 */
export async function dispatch(message: Message, deps: DispatchDeps): Promise<void> {
  const { cacheName, topicName } = message.facts;
  const [subscribers] = await Promise.all([
    deps.webhooks.subscribers(cacheName, topicName, { limit: firstRows }),
    keep(message, deps),
  ]);
  const { facts, payload } = subscribers.numbered ? await number(message, deps) : message;
  const carried = fitsInline(payload) ? payload : undefined;
  const first = subscribers.subscriptions.slice(0, firstPage);
  const after = first.at(-1)?.webhookName;
  const hasMore = subscribers.subscriptions.length > firstPage || subscribers.last !== undefined;
  await Promise.all([
    deps.deliveries.send(deliveryJobs(first, facts, carried)),
    hasMore && deps.fanOut.send({ v: 1, message: facts, payload: carried, after }),
  ]);
}

/** One first attempt for each subscriber that wants the message. */
export function deliveryJobs(
  subscriptions: readonly Subscription[],
  message: MessageFacts,
  payload: Payload | undefined,
): DeliveryJob[] {
  return subscriptions
    .filter((subscription) => wants(subscription, message))
    .map(({ webhookId, webhookName }) => ({
      v: 1,
      webhookId,
      webhookName,
      generation: 1,
      attempt: 1,
      message,
      payload,
    }));
}

/** Without retention only a value that is carried by reference is kept, until its deliveries must have ended. */
async function keep(message: Message, { messages, retentionDays }: DispatchDeps): Promise<void> {
  if (retentionDays === 0 && fitsInline(message.payload)) return;
  await messages.put(message, expiryOf(message.facts.publishedTimeMs, retentionDays));
}

async function number(message: Message, deps: DispatchDeps): Promise<Message> {
  const { cacheName, topicName } = message.facts;
  const sequenceNumber = await deps.messages.nextNumber(cacheName, topicName);
  const numbered = { ...message, facts: { ...message.facts, sequenceNumber } };
  await keep(numbered, deps);
  return numbered;
}
