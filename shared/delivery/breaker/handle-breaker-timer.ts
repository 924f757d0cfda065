import type { BreakerTimer } from "../../contract/jobs.ts";
import { drainDelaySeconds } from "../../domain/breaker/breaker.ts";
import {
  type BreakerTimerAction,
  onBreakerTimer,
  onDrained,
  onFound,
} from "../../domain/breaker/breaker-timer.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { heldUntilMs, perSecondOf } from "../../domain/breaker/refusal.ts";
import {
  departures,
  isWorthTelling,
  nextFreeTimeMs,
  type Slots,
} from "../../domain/breaker/slots.ts";
import { isoTime } from "../../domain/ids/iso-time.ts";
import { operationalTopic } from "../../domain/messages/operational-event.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { DelayedJob, RetryQueue } from "../../queue/queues.ts";
import type { SuspensionStore } from "../../store/health/cache-state.ts";
import { conflict, type RetryDeps, retryOnConflict } from "../../store/table/retry-on-conflict.ts";
import type { Reserved, SlotStore } from "../../store/waiting/slot-store.ts";
import type { ParkStore, WaitingJob } from "../../store/waiting/waiting-jobs.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";
import type { Announcer } from "../events/announcer.ts";
import type { RetryScheduler } from "../retry-scheduler.ts";
import { changeHealth, type HealthDeps } from "./change-health.ts";

export interface BreakerTimerDeps extends HealthDeps, RetryDeps, BacklogDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly suspensions: Pick<SuspensionStore, "has">;
  readonly park: Pick<ParkStore, "oldest" | "remove">;
  readonly slots: Pick<SlotStore, "reserve" | "clear" | "find" | "takeTelling">;
  readonly retries: RetryQueue;
  readonly retryScheduler: RetryScheduler;
  readonly maxDrainRate: number;
}

/**
 * One step of a webhook's breaker: a probe while it is open, a helping of parked deliveries while it
 * drains. The next timer is set before anything is done, so a copy of this one does nothing.
 */
export async function handleBreakerTimer(
  timer: BreakerTimer,
  deps: BreakerTimerDeps,
): Promise<void> {
  const webhook = await deps.webhooks.find(timer.cacheName, timer.webhookName);
  const isSuspended = await deps.suspensions.has(timer.cacheName);
  const isActive = webhook?.webhookId === timer.webhookId && webhook.status === "active";
  // An outcome counted in the same moment must not cost the step: no other timer is under way.
  const { health, action } = await retryOnConflict(async () => {
    const before = await deps.healths.find(timer.webhookId);
    const ticked = onBreakerTimer(before, {
      tick: timer.tick,
      nowMs: deps.now(),
      maxRatePerSecond: deps.maxDrainRate,
      limitPerSecond: webhook?.maxPerSecond,
      isActive,
      isSuspended,
      jitter: deps.random(),
    });
    if (ticked.action.kind === "none") return ticked;
    return (await changeHealth(timer, before, ticked.health, deps)) ? ticked : conflict;
  }, deps);
  const slots = await act(timer, health, action, deps);
  if (action.kind !== "none" && isActive) await tellBacklog(webhook, health, slots, deps);
}

/** Resolves to what it has learnt of the webhook's slots, if it asked for any. */
async function act(
  timer: BreakerTimer,
  health: Health | undefined,
  action: BreakerTimerAction,
  deps: BreakerTimerDeps,
): Promise<Slots | undefined> {
  if (action.kind === "none" || action.kind === "wait") return undefined;
  const howMany = action.kind === "probe" ? 1 : action.howMany;
  const parked = await deps.park.oldest(timer.webhookId, howMany);
  const found = parked.length;
  if (found === 0) {
    await changeHealth(timer, health, onDrained(health, deps.now()), deps);
    if (action.kind === "drain" && action.isFirstEmpty) await deps.slots.clear(timer.webhookId);
    return undefined;
  }
  if (action.kind === "probe") {
    await probe(parked, deps);
    return undefined;
  }
  const slots = await sendBack(timer.webhookId, parked, action, deps);
  const after = onFound(health, { asked: howMany, found, nowMs: deps.now() });
  await changeHealth(timer, health, after, deps);
  return slots;
}

/** Only a delivery whose own schedule allows it: a probe is an attempt like any other, and counts. */
async function probe(
  parked: WaitingJob[],
  { retries, park, now }: BreakerTimerDeps,
): Promise<void> {
  const due = parked.filter(({ job }) => (job.notBeforeMs ?? 0) <= now());
  const jobs = due.map(({ job }) => ({ job: { ...job, isProbe: true }, delaySeconds: 0 }));
  const refused = await retries.send(jobs);
  if (refused.length === 0) await park.remove(due);
}

/** Sends, then deletes: a timer that dies in between sends again later, which does no harm. */
async function sendBack(
  webhookId: string,
  parked: WaitingJob[],
  { overSeconds, perSecond }: Extract<BreakerTimerAction, { kind: "drain" }>,
  { retries, retryScheduler, park, slots, now }: BreakerTimerDeps,
): Promise<Slots | undefined> {
  const nowMs = now();
  const isDue = ({ job }: WaitingJob) => (job.notBeforeMs ?? 0) <= nowMs;
  const due = parked.filter(isDue);
  const step = perSecond !== undefined && { perSecond, seconds: overSeconds, nowMs };
  const atRate = step && due.length > 0 ? await giveSlots(webhookId, due, step, slots) : undefined;
  const refused = new Set(await retries.send(atRate?.delayed ?? spread(due, overSeconds)));
  const waiting = parked.filter((each) => !isDue(each));
  await Promise.all(
    waiting.map(({ job }) => retryScheduler.schedule(job.notBeforeMs ?? nowMs, job)),
  );
  const left = new Set(atRate?.left);
  await park.remove(parked.filter((each) => !refused.has(each.job) && !left.has(each)));
  return atRate?.reserved;
}

function spread(due: readonly WaitingJob[], overSeconds: number): DelayedJob[] {
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

export interface AtRate {
  readonly delayed: DelayedJob[];
  /** What gets no slot in this step, and stays where it is. */
  readonly left: WaitingJob[];
  readonly reserved: Reserved;
}

/** On its way from here to the function that posts it. */
const travelMs = 1_000;
/** A queue holds back whole seconds: jobs are to be there so much before the first of their slots, and up to a second more. */
const earlyMs = 500;

/** Gives a step's deliveries the slots until the next step, in one reservation. */
export async function giveSlots(
  webhookId: string,
  due: readonly WaitingJob[],
  { perSecond, seconds, nowMs }: Step,
  slots: Pick<SlotStore, "reserve">,
): Promise<AtRate> {
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

export interface BacklogDeps {
  readonly slots: Pick<SlotStore, "find" | "takeTelling">;
  readonly announcer: Pick<Announcer, "limited" | "flush">;
  readonly now: () => number;
}

const none: Slots = { nextSlotMs: 0, waiting: 0 };

/**
 * Tells of a backlog that takes longer than an hour, once in six hours; `known` is what the step has learnt of it.
 * Of $hookcast's own deliveries nothing is told.
 */
async function tellBacklog(
  webhook: WebhookRecord,
  health: Health | undefined,
  known: Slots | undefined,
  { slots, announcer, now }: BacklogDeps,
): Promise<void> {
  if (webhook.topicName === operationalTopic) return;
  const { webhookId } = webhook;
  const nowMs = now();
  const heldMs = heldUntilMs(health, nowMs) ?? 0;
  if (!known && !isWorthTelling(heldMs, undefined, nowMs)) return;
  const found = known ?? (await slots.find(webhookId)) ?? none;
  const perSecond = perSecondOf(webhook, health);
  const freeMs = Math.max(
    heldMs,
    perSecond === undefined ? 0 : nextFreeTimeMs(found, perSecond, nowMs),
  );
  if (!isWorthTelling(freeMs, found.toldTimeMs, nowMs)) return;
  if (!(await slots.takeTelling(webhookId, nowMs))) return;
  await announcer.limited(webhook, { nextFreeTime: isoTime(freeMs), waiting: found.waiting });
  await announcer.flush();
}
