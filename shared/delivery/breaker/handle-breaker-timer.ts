import type { BreakerTimer } from "../../contract/jobs.ts";
import { isoTime } from "../../contract/values/time.ts";
import {
  type BreakerTimerAction,
  onBreakerTimer,
  onDrained,
  onFound,
} from "../../domain/breaker/breaker-timer.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { heldUntilMs, perSecondOf } from "../../domain/breaker/refusal.ts";
import { afterRepairStep, type RepairStep } from "../../domain/breaker/repair.ts";
import { isWorthTelling, nextFreeTimeMs, type Slots } from "../../domain/breaker/slots.ts";
import { operationalTopic } from "../../domain/messages/operational-event.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { RetryQueue } from "../../queue/queues.ts";
import { log } from "../../runtime/logger.ts";
import type { SuspensionStore } from "../../store/health/cache-state.ts";
import { conflict, type RetryDeps, retryOnConflict } from "../../store/table/table.ts";
import type { SlotStore } from "../../store/waiting/slot-store.ts";
import type { ParkStore } from "../../store/waiting/waiting-jobs.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";
import type { Announcer } from "../announcer.ts";
import { changeHealth, type HealthDeps } from "./change-health.ts";
import { type MakeDueDeps, makeDue, type SendBackDeps, sendBack } from "./send-back.ts";

export interface BreakerTimerDeps
  extends HealthDeps,
    RetryDeps,
    BacklogDeps,
    MakeDueDeps,
    SendBackDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly suspensions: Pick<SuspensionStore, "has">;
  readonly park: Pick<ParkStore, "oldest" | "remove">;
  readonly slots: Pick<SlotStore, "reserve" | "clear" | "find" | "takeTelling">;
  readonly retries: RetryQueue;
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
  const slots = await act(timer, isActive ? webhook : undefined, health, action, deps);
  if (action.kind !== "none" && isActive) await tellBacklog(webhook, health, slots, deps);
}

/** Resolves to what it has learnt of the webhook's slots, if it asked for any. */
async function act(
  timer: BreakerTimer,
  webhook: WebhookRecord | undefined,
  health: Health | undefined,
  action: BreakerTimerAction,
  deps: BreakerTimerDeps,
): Promise<Slots | undefined> {
  if (action.kind === "drain") return drain(timer, webhook, health, action, deps);
  if (action.kind === "probe") await probe(timer, health, deps);
  return undefined;
}

/** The oldest parked delivery is tried, if there is one; otherwise nothing waits any more. */
async function probe(
  timer: BreakerTimer,
  health: Health | undefined,
  deps: BreakerTimerDeps,
): Promise<void> {
  const { retries, park, now } = deps;
  const parked = await park.oldest(timer.webhookId, 1);
  if (parked.length === 0) {
    await changeHealth(timer, health, onDrained(health, now()), deps);
    return;
  }
  // Only a delivery whose own schedule allows it: a probe is an attempt like any other, and counts.
  const due = parked.filter(({ job }) => (job.notBeforeMs ?? 0) <= now());
  const jobs = due.map(({ job }) => ({ job: { ...job, isProbe: true }, delaySeconds: 0 }));
  const refused = await retries.send(jobs);
  if (refused.length === 0) await park.remove(due);
}

/** A helping of what is parked, and of what a repair makes due, is sent back to its queue. */
async function drain(
  timer: BreakerTimer,
  webhook: WebhookRecord | undefined,
  health: Health | undefined,
  action: DrainStep,
  deps: BreakerTimerDeps,
): Promise<Slots | undefined> {
  const { webhookId } = timer;
  const parked = await deps.park.oldest(webhookId, action.howMany);
  const repair = health?.breaker.kind === "draining" ? health.breaker.repair : undefined;
  const room = action.howMany - parked.length;
  const due = webhook && repair && room > 0 && (await makeDue(webhook, repair, room, deps));
  const others = due ? due.jobs : [];
  const found = parked.length + others.length;
  if (found === 0 && !due) {
    await changeHealth(timer, health, onDrained(health, deps.now()), deps);
    if (action.isFirstEmpty) await deps.slots.clear(webhookId);
    return undefined;
  }
  const { reserved, firstLeft } = await sendBack(webhookId, { parked, others, ...action }, deps);
  const after = onFound(health, { asked: action.howMany, found, nowMs: deps.now() });
  const isKnown = await changeHealth(timer, health, after, deps);
  if (due && repair) {
    log("info", "webhook.repaired", { webhookId, count: others.length, isDone: due.next === null });
    const next = firstLeft?.message.messageId ?? due.next;
    await noteRepair(timer, isKnown ? after : health, { repair, next }, deps);
  }
  return reserved;
}

/** An outcome counted in the same moment must not have the next step begin where this one did. */
function noteRepair(
  who: BreakerTimer,
  seen: Health | undefined,
  step: RepairStep,
  deps: BreakerTimerDeps,
): Promise<void> {
  let isFirst = true;
  return retryOnConflict(async () => {
    const before = isFirst ? seen : await deps.healths.find(who.webhookId);
    isFirst = false;
    const after = afterRepairStep(before, step, deps.now());
    return (await changeHealth(who, before, after, deps)) ? undefined : conflict;
  }, deps);
}

export interface BacklogDeps {
  readonly slots: Pick<SlotStore, "find" | "takeTelling">;
  readonly announcer: Pick<Announcer, "limited" | "flush">;
  readonly now: () => number;
}

type DrainStep = Extract<BreakerTimerAction, { kind: "drain" }>;

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
