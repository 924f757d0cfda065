import type { DeliveryJob } from "../../contract/jobs.ts";
import type { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { drainDelaySeconds, type Repair } from "../../domain/breaker/breaker.ts";
import { departures } from "../../domain/breaker/slots.ts";
import { type IdWindow, idSpan } from "../../domain/ids.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { DelayedJob, RetryQueue } from "../../queue/queues.ts";
import type { DeliveryHeads } from "../../store/deliveries/delivery-context.ts";
import type { MessageStore } from "../../store/messages/message-store.ts";
import type { Reserved, SlotStore } from "../../store/waiting/slot-store.ts";
import type { ParkStore, WaitingJob } from "../../store/waiting/waiting-jobs.ts";
import { firstJob } from "../publish/store-and-enqueue.ts";
import type { RetryScheduler } from "../retry-scheduler.ts";

export interface SendBackDeps {
  readonly park: Pick<ParkStore, "remove">;
  readonly slots: Pick<SlotStore, "reserve">;
  readonly retries: Pick<RetryQueue, "send">;
  readonly retryScheduler: RetryScheduler;
  readonly now: () => number;
}

interface Helping {
  /** What was put aside. */
  readonly parked: readonly WaitingJob[];
  /** What is sent besides, behind it. */
  readonly others: readonly DeliveryJob[];
  readonly overSeconds: number;
  /** The rate for which slots must be reserved. */
  readonly perSecond?: number | undefined;
}

interface SentBack {
  readonly reserved: Reserved | undefined;
  /** The first of the others that was not sent. */
  readonly firstLeft: DeliveryJob | undefined;
}

/** Sends, then deletes: a timer that dies in between sends again later, which does no harm. */
export async function sendBack(
  webhookId: string,
  { parked, others, overSeconds, perSecond }: Helping,
  { retries, retryScheduler, park, slots, now }: SendBackDeps,
): Promise<SentBack> {
  const nowMs = now();
  const isDue = ({ job }: WaitingJob) => (job.notBeforeMs ?? 0) <= nowMs;
  const due = [...parked.filter(isDue), ...others.map((job) => ({ job }))];
  const step = perSecond !== undefined && { perSecond, seconds: overSeconds, nowMs };
  const atRate = step && due.length > 0 ? await giveSlots(webhookId, due, step, slots) : undefined;
  const refused = await retries.send(atRate?.delayed ?? spread(due, overSeconds));
  const waiting = parked.filter((each) => !isDue(each));
  await Promise.all(
    waiting.map(({ job }) => retryScheduler.schedule(job.notBeforeMs ?? nowMs, job)),
  );
  const refusedNames = new Set(refused.map(nameOf));
  const left = new Set(atRate?.left.map(({ job }) => job));
  const isLeft = (job: DeliveryJob) => left.has(job) || refusedNames.has(nameOf(job));
  await park.remove(parked.filter(({ job }) => !isLeft(job)));
  return { reserved: atRate?.reserved, firstLeft: others.find(isLeft) };
}

/** A job that was given a slot is another object, and the same attempt. */
function nameOf({ message, generation, attempt }: DeliveryJob): string {
  return [message.messageId, generation, attempt].join("/");
}

interface Sendable {
  readonly job: DeliveryJob;
}

function spread(due: readonly Sendable[], overSeconds: number): DelayedJob[] {
  return due.map(({ job }, index) => ({
    job,
    delaySeconds: drainDelaySeconds(index, due.length, overSeconds),
  }));
}

interface Step {
  readonly perSecond: number;
  /** Until the next one. */
  readonly seconds: number;
  readonly nowMs: number;
}

export interface AtRate<Job extends Sendable> {
  readonly delayed: DelayedJob[];
  /** What gets no slot in this step, and stays where it is. */
  readonly left: Job[];
  readonly reserved: Reserved;
}

/** On its way from here to the function that posts it. */
const travelMs = 1_000;
/** A queue holds back whole seconds: jobs are to be there so much before the first of their slots, and up to a second more. */
const earlyMs = 500;

/** Gives a step's deliveries the slots until the next step, in one reservation. */
export async function giveSlots<Job extends Sendable>(
  webhookId: string,
  due: readonly Job[],
  { perSecond, seconds, nowMs }: Step,
  slots: Pick<SlotStore, "reserve">,
): Promise<AtRate<Job>> {
  const fromMs = nowMs + travelMs;
  const reserved = await slots.reserve(webhookId, {
    howMany: due.length,
    perSecond,
    fromMs,
    untilMs: fromMs + 1_000 * seconds,
    countsRest: false,
  });
  const departuresMs = departures(reserved.slots);
  const delayed = reserved.slots.flatMap((timeMs, index) => {
    const job = due[index]?.job;
    const waitMs = (departuresMs[index] ?? timeMs) - nowMs - earlyMs;
    const delaySeconds = Math.max(0, Math.floor(waitMs / 1_000));
    return job ? [{ job: { ...job, slot: { timeMs, perSecond } }, delaySeconds }] : [];
  });
  return { delayed, left: due.slice(delayed.length), reserved };
}

export interface MakeDueDeps {
  readonly heads: Pick<DeliveryHeads, "retrying" | "findMany">;
  readonly messages: Pick<MessageStore, "findAll">;
  readonly now: () => number;
}

export interface MadeDue {
  /** In the order of their messages. */
  readonly jobs: DeliveryJob[];
  /** The messageId to go on with; null at the end. */
  readonly next: string | null;
}

/** So many messages, with their values, are held at once. */
const atOnce = 100;
/** Pages that one step looks through, where few of them wait for their time. */
const maxPages = 10;

/**
 * The next deliveries that wait for their time, whether in a row or in a queue that holds them back: each as a new
 * generation to be tried now. Nothing is written. Those whose time has come are parked or on their way; a message that
 * is no longer kept is left to its own chain.
 */
export async function makeDue(
  webhook: WebhookRecord,
  { untilMs, from }: Repair,
  howMany: number,
  { heads, messages, now }: MakeDueDeps,
): Promise<MadeDue> {
  const { webhookId, cacheName } = webhook;
  const [first, last] = idSpan("msg", 0, untilMs);
  const jobs: DeliveryJob[] = [];
  let window: IdWindow = [from ?? first, last];
  for (let n = 0; n < maxPages && window !== null && jobs.length < howMany; n += 1) {
    const limit = Math.min(atOnce, howMany - jobs.length);
    const { messageIds, rest } = await heads.retrying(webhookId, window, limit);
    const standing = await heads.findMany(webhookId, messageIds);
    const waiting = [...standing.values()].filter((head) => waitsForItsTime(head, now()));
    const generations = new Map(waiting.map((head) => [head.messageId, head.generation + 1]));
    const kept = await messages.findAll(cacheName, [...generations.keys()]);
    const alive = kept.filter(({ expiresAt }) => expiresAt * 1_000 > now());
    jobs.push(
      ...alive
        .map((message) => {
          const generation = generations.get(message.facts.messageId) ?? 1;
          const job = firstJob(webhook, message, generation);
          return { ...job, notBeforeMs: now(), onlyWaiting: true };
        })
        .toSorted(oldestFirst),
    );
    window = rest;
  }
  return { jobs, next: window?.[0] ?? null };
}

function waitsForItsTime({ status, nextAttemptTimeMs }: DeliveryRecord, nowMs: number): boolean {
  return status === "retrying" && nextAttemptTimeMs !== null && nextAttemptTimeMs > nowMs;
}

function oldestFirst(a: DeliveryJob, b: DeliveryJob): number {
  return a.message.messageId < b.message.messageId ? -1 : 1;
}
