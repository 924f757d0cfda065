import type { DeliveryJob, FanOutJob, MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { isOurTopic } from "../../contract/values/names.ts";
import { expiryOf } from "../../domain/attempts/retry-schedule.ts";
import { openMatcher } from "../../domain/filters/matcher.ts";
import { messageOf } from "../../domain/messages/message-draft.ts";
import {
  type FilterTrouble,
  filterDraft,
  filterWindowMs,
  operationalTopic,
} from "../../domain/messages/operational-event.ts";
import { fitsInline } from "../../domain/messages/payload.ts";
import type { Subscription, WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { DeliveryQueue, FanOutQueue } from "../../queue/queues.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { Message, MessageStore } from "../../store/messages/message-store.ts";
import type { Subscribers, WebhookStore } from "../../store/webhooks/webhook-store.ts";

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

export interface Enqueued {
  /** The ids of the messages that the queues did not take in full. */
  readonly refused: Set<string>;
  readonly troubles: readonly FilterTrouble[];
}

/**
 * Stores messages of one topic and sends them on their way. Every message that is not refused is accounted for from
 * here on: the queues hold each delivery of its first page, and the job for the rest.
 */
export async function storeAndEnqueue(
  messages: readonly [Message, ...Message[]],
  deps: DispatchDeps,
): Promise<Enqueued> {
  const { cacheName, topicName } = messages[0].facts;
  const [subscribers] = await Promise.all([
    deps.webhooks.subscribers(cacheName, topicName, { limit: firstRows }),
    keep(messages, deps),
  ]);
  const numbered = subscribers.numbered ? await number(messages, deps) : messages;
  const first = subscribers.subscriptions.slice(0, firstPage);
  const wanted = numbered.map((message) => deliveryJobs(first, carried(message), message.payload));
  const refused = await Promise.all([
    deps.deliveries.send(wanted.flatMap(({ jobs }) => jobs)),
    deps.fanOut.send(fanOutJobs(numbered, subscribers, first)),
  ]);
  return {
    refused: new Set(refused.flat().map(({ message }) => message.messageId)),
    troubles: wanted.flatMap(({ troubles }) => troubles),
  };
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

/** One first attempt for each subscriber that the message matches; `value` is what filters look at. */
export function deliveryJobs(
  subscriptions: readonly Subscription[],
  { message, payload }: { message: MessageMetadata; payload?: Payload | undefined },
  value: Payload | undefined,
): { readonly jobs: DeliveryJob[]; readonly troubles: readonly FilterTrouble[] } {
  const { matches, troubles } = openMatcher(message, () => value);
  const jobs = subscriptions.filter(matches).map(
    ({ webhookId, webhookName }): DeliveryJob => ({
      v: 1,
      webhookId,
      webhookName,
      generation: 1,
      attempt: 1,
      message,
      payload,
    }),
  );
  return { jobs, troubles };
}

/** Whether anybody listens to the cache's operational events. Most caches have none: one read is all that an event costs. */
export async function hasListener(
  cacheName: string,
  { webhooks }: { readonly webhooks: Pick<WebhookStore, "subscribers"> },
): Promise<boolean> {
  const { subscriptions } = await webhooks.subscribers(cacheName, operationalTopic, { limit: 2 });
  return subscriptions.length > 0;
}

/** The first attempt of a generation, of a message that is still kept. */
export function firstJob(
  { webhookId, webhookName }: Pick<WebhookRecord, "webhookId" | "webhookName">,
  message: { readonly facts: MessageMetadata; readonly payload: Payload },
  generation: number,
): DeliveryJob {
  const { facts, payload } = message;
  return {
    v: 1,
    webhookId,
    webhookName,
    generation,
    attempt: 1,
    message: facts,
    payload: fitsInline(payload) ? payload : undefined,
  };
}

export interface TellDeps extends DispatchDeps {
  readonly now: () => number;
}

/** What this environment has told already, and in which hour. */
const told = new Map<string, number>();
const maxTold = 10_000;

/**
 * Tells whoever subscribes to `$hookcast` that webhooks receive nothing because of their filters: once an hour and
 * webhook, however many messages and environments notice it. Never throws: the message itself is on its way.
 */
export async function tellFilterTroubles(
  { cacheName, topicName }: Pick<MessageMetadata, "cacheName" | "topicName">,
  troubles: readonly FilterTrouble[],
  deps: TellDeps,
): Promise<void> {
  const nowMs = deps.now();
  const hour = Math.floor(nowMs / filterWindowMs);
  for (const trouble of troubles) {
    const { webhookId, reason } = trouble;
    if (told.get(webhookId) === hour) continue;
    log("warn", "filter.failed", { webhookId, reason });
    try {
      // An event about a filter of events would meet the same filter.
      if (!isOurTopic(topicName) && (await hasListener(cacheName, deps))) {
        const { givenId, ...draft } = filterDraft(cacheName, trouble, nowMs);
        await storeAndEnqueue([messageOf(draft, givenId)], deps);
      }
      if (told.size >= maxTold) told.clear();
      told.set(webhookId, hour);
    } catch (error) {
      log("warn", "announcement.failed", { webhookId, ...errorFields(error) });
    }
  }
}
