import { heldUntilMs, perSecondOf } from "../../domain/breaker/refusal.ts";
import { batchLookaheadMs, nextFreeTimeMs } from "../../domain/breaker/slots.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { openSuspensionStore, type SuspensionStore } from "../../store/health/cache-state.ts";
import { type HealthStore, openHealthStore } from "../../store/health/health-store.ts";
import { openSlotStore, type SlotStore } from "../../store/waiting/slot-store.ts";

export interface LookDeps {
  readonly suspensions: Pick<SuspensionStore, "has">;
  readonly healths: Pick<HealthStore, "find">;
  readonly rateSlots: Pick<SlotStore, "find">;
  readonly now: () => number;
}

export function openLookDeps() {
  return {
    suspensions: openSuspensionStore(),
    healths: openHealthStore(),
    rateSlots: openSlotStore(),
    now: Date.now,
  };
}

interface Standing {
  /** Whether its breaker is open: a probe is posted, and nothing else. */
  readonly isOpen: boolean;
  /** Whether its cache is suspended, its receiver has asked for a pause, or its rate is used up: not even a probe is. */
  readonly isHeld: boolean;
}

/** What a delivery that is sent now would wait behind. */
export async function lookAtHolds(
  webhook: WebhookRecord,
  { suspensions, healths, rateSlots, now }: LookDeps,
): Promise<Standing> {
  const { webhookId, cacheName } = webhook;
  const [isSuspended, health] = await Promise.all([
    suspensions.has(cacheName),
    healths.find(webhookId),
  ]);
  const isOpen = health?.breaker.kind === "open";
  if (isSuspended || heldUntilMs(health, now()) !== undefined) return { isOpen, isHeld: true };
  const perSecond = perSecondOf(webhook, health);
  if (perSecond === undefined || health?.breaker.kind !== "draining")
    return { isOpen, isHeld: false };
  const slots = await rateSlots.find(webhookId);
  const freeMs = slots ? nextFreeTimeMs(slots, perSecond, now()) : 0;
  return { isOpen, isHeld: freeMs - now() > batchLookaheadMs };
}
