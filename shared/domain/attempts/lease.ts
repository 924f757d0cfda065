import type { DeliveryJob } from "../../contract/jobs.ts";
import type { DeliveryRecord } from "./delivery-record.ts";
import { isSettled } from "./is-settled.ts";

/** Longer than the delivery function may run (60 s), so that a lease that has run out has no holder. */
export const leaseMs = 75_000;

/** First attempts take no lease: most deliveries need no other, and pay nothing for it. */
export function needsLease({ attempt, generation }: DeliveryJob): boolean {
  return attempt > 1 || generation > 1;
}

/**
 * Whether the attempt that a job asks for may be made. One that is held goes back to its queue, since the
 * holder may have died; a lease of an older generation binds nobody, for its chain is over.
 */
export function claim(
  head: DeliveryRecord | undefined,
  job: DeliveryJob,
  nowMs: number,
): "make" | "held" | "settled" {
  if (isSettled(head, job)) return "settled";
  if (!head || head.generation < job.generation) return "make";
  return isLeased(head, nowMs) ? "held" : "make";
}

/** Whether somebody is making an attempt of the delivery. */
export function isLeased({ leaseUntilMs }: DeliveryRecord, nowMs: number): boolean {
  return isHeld(leaseUntilMs ?? 0, nowMs);
}

/** An end much further off than a lease lasts was set by a clock that had jumped ahead. */
function isHeld(leaseUntilMs: number, nowMs: number): boolean {
  return nowMs < leaseUntilMs && leaseUntilMs - nowMs <= 2 * leaseMs;
}
