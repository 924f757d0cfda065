import type { FanOutJob } from "../../contract/jobs.ts";
import { fitsInline } from "../../domain/messages/inline-payload.ts";
import { expiryOf } from "../../domain/messages/retention.ts";
import type { Subscription } from "../../domain/webhooks/webhook-record.ts";
import type { DeliveryQueue } from "../../queue/delivery-queue.ts";
import type { FanOutQueue } from "../../queue/fan-out-queue.ts";
import type { Message, MessageStore } from "../../store/messages/message-store.ts";
import type { Subscribers, WebhookStore } from "../../store/webhooks/webhook-store.ts";
import { deliveryJobs } from "./delivery-jobs.ts";

export interface DispatchDeps {
  readonly messages: Pick<MessageStore, "putAll" | "nextNumbers">;
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
 * Stores messages of one topic and sends them on their way. Returns the ids of those that the queues did
 * not take in full; every other is accounted for from here on: the queues hold each delivery of its first
 * page, and the job for the rest.
 */
export async function storeAndEnqueue(
  messages: readonly [Message, ...Message[]],
  deps: DispatchDeps,
): Promise<Set<string>> {
  const { cacheName, topicName } = messages[0].facts;
  const [subscribers] = await Promise.all([
    deps.webhooks.subscribers(cacheName, topicName, { limit: firstRows }),
    keep(messages, deps),
  ]);
  const numbered = subscribers.numbered ? await number(messages, deps) : messages;
  const first = subscribers.subscriptions.slice(0, firstPage);
  const refused = await Promise.all([
    deps.deliveries.send(numbered.flatMap((message) => deliveryJobs(first, carried(message)))),
    deps.fanOut.send(fanOutJobs(numbered, subscribers, first)),
  ]);
  return new Set(refused.flat().map(({ message }) => message.messageId));
}

function fanOutJobs(
  messages: readonly Message[],
  subscribers: Subscribers,
  first: readonly Subscription[],
): FanOutJob[] {
  const hasMore = subscribers.subscriptions.length > firstPage || subscribers.last !== undefined;
  if (!hasMore) return [];
  const after = first.at(-1)?.webhookName;
  return messages.map((message) => ({ v: 1, ...carried(message), after }));
}

/** What travels in a queue: a long value stays behind and is read from the messages table. */
function carried({ facts, payload }: Message) {
  return fitsInline(payload) ? { message: facts, payload } : { message: facts };
}

/** Without retention only a value that is carried by reference is kept, until its deliveries have ended. */
async function keep(messages: readonly Message[], deps: DispatchDeps): Promise<void> {
  const kept = messages.filter(({ payload }) => deps.retentionDays > 0 || !fitsInline(payload));
  await deps.messages.putAll(
    kept.map((message) => ({
      ...message,
      expiresAt: expiryOf(message.facts.publishedTimeMs, deps.retentionDays),
    })),
  );
}

async function number(
  messages: readonly [Message, ...Message[]],
  deps: DispatchDeps,
): Promise<Message[]> {
  const { cacheName, topicName } = messages[0].facts;
  const firstNumber = await deps.messages.nextNumbers(cacheName, topicName, messages.length);
  const numbered = messages.map(({ facts, payload }, index) => ({
    facts: { ...facts, sequenceNumber: firstNumber + index },
    payload,
  }));
  await keep(numbered, deps);
  return numbered;
}
