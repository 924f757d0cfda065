import type { DeliveryJob } from "../../contract/jobs.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { heldUntilMs, perSecondOf } from "../../domain/breaker/refusal.ts";
import {
  batchLookaheadMs,
  maxRideMs,
  nextFreeTimeMs,
  slotLeadMs,
  slotToleranceMs,
} from "../../domain/breaker/slots.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { SlotStore } from "../../store/waiting/slot-store.ts";
import type { RefusalWatch } from "./refusal-watch.ts";

/** When a job may be posted. */
export type Turn =
  /** Nothing bounds the webhook's rate. */
  | { readonly kind: "free" }
  /** It was not going to be posted when its batch was looked at: whoever does post it asks first. */
  | { readonly kind: "unasked" }
  | { readonly kind: "slot"; readonly timeMs: number }
  /** Not by this batch: at about that time. */
  | { readonly kind: "later"; readonly timeMs: number };

export interface RateGate {
  /** Asked for all jobs of a batch in the same moment, it makes one reservation a webhook. */
  turnOf(
    job: DeliveryJob,
    webhook: WebhookRecord,
    health: Health | undefined,
    leadMs?: number,
  ): Promise<Turn>;
}

export interface RateGateDeps {
  readonly slots: Pick<SlotStore, "reserve">;
  readonly timers: Timers;
  readonly now: () => number;
}

export const free: Turn = { kind: "free" };
export const unasked: Turn = { kind: "unasked" };

/** Whether it is too late to post in a slot: another may be close behind. */
function isMissed(timeMs: number, nowMs: number): boolean {
  return nowMs > timeMs + slotToleranceMs;
}

/** A slot that a step gave out, if it is still worth waiting for: its job comes that much before it, and up to two seconds more. */
function isAhead(timeMs: number, nowMs: number): boolean {
  return !isMissed(timeMs, nowMs) && timeMs - nowMs <= maxRideMs + 2 * batchLookaheadMs;
}

interface Gathered {
  count: number;
  readonly turns: Promise<Turn[]>;
}

/** For one batch. */
export function openRateGate({ slots, timers, now }: RateGateDeps): RateGate {
  const gathering = new Map<string, Gathered>();

  const reserve = async (webhookId: string, howMany: number, perSecond: number, leadMs: number) => {
    const nowMs = now();
    const fromMs = nowMs + leadMs;
    const reserved = await slots.reserve(webhookId, {
      howMany,
      perSecond,
      fromMs,
      untilMs: nowMs + batchLookaheadMs,
      countsRest: true,
    });
    const timeMs = nextFreeTimeMs(reserved, perSecond, nowMs);
    const later = { kind: "later", timeMs } as const;
    return Array.from({ length: howMany }, (_, index): Turn => {
      const slotMs = reserved.slots[index];
      return slotMs === undefined ? later : { kind: "slot", timeMs: slotMs };
    });
  };

  const gather = (webhookId: string, perSecond: number, leadMs: number): Gathered => {
    const begin = async () => {
      await timers.wait(0);
      gathering.delete(webhookId);
      return reserve(webhookId, gathered.count, perSecond, leadMs);
    };
    const gathered: Gathered = { count: 0, turns: begin() };
    gathering.set(webhookId, gathered);
    return gathered;
  };

  return {
    async turnOf({ webhookId, slot }, webhook, health, leadMs = slotLeadMs) {
      const perSecond = perSecondOf(webhook, health);
      if (perSecond === undefined) return free;
      // A slot of a higher rate than today's is worth nothing.
      if (slot && slot.perSecond <= perSecond && isAhead(slot.timeMs, now()))
        return { kind: "slot", timeMs: slot.timeMs };
      const gathered = gathering.get(webhookId) ?? gather(webhookId, perSecond, leadMs);
      const index = gathered.count;
      gathered.count += 1;
      return (await gathered.turns)[index] ?? { kind: "later", timeMs: now() };
    },
  };
}

export interface WaitDeps {
  readonly turn: Turn;
  readonly gate: RateGate;
  readonly refusals: Pick<RefusalWatch, "healthOf">;
  readonly timers: Timers;
  readonly now: () => number;
}

/** A second try reaches further ahead: what made the first too late may do so again. */
const secondLeadMs = 500;

/**
 * Waits for the job's moment: resolves to undefined when that has come, or to about when it will, if not
 * within this batch. A slot that was missed, since a call took long, is not made up for.
 */
export async function waitForSlot(
  job: DeliveryJob,
  webhook: WebhookRecord,
  health: Health | undefined,
  { turn: first, gate, refusals, timers, now }: WaitDeps,
): Promise<number | undefined> {
  let turn = first;
  // What kept it from being posted, a pause or a lease, may have ended since.
  if (turn.kind === "unasked")
    turn = await gate.turnOf(job, webhook, refusals.healthOf(webhook.webhookId) ?? health);
  for (let n = 0; n < 2 && turn.kind === "slot"; n += 1) {
    await timers.wait(Math.max(0, Math.ceil(turn.timeMs - now())));
    const latest = refusals.healthOf(webhook.webhookId) ?? health;
    const untilMs = heldUntilMs(latest, now());
    if (untilMs !== undefined) return untilMs;
    if (!isMissed(turn.timeMs, now())) return undefined;
    turn = await gate.turnOf({ ...job, slot: undefined }, webhook, latest, secondLeadMs);
  }
  return turn.kind === "later" || turn.kind === "slot" ? turn.timeMs : undefined;
}
