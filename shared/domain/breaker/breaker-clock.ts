import { type Breaker, maxStepSeconds } from "./breaker.ts";

/** The clocks of two functions may differ by so much. */
const clockSlackMs = 1_000;
/** A tick may be late for this long, behind others in its queue, before it counts as lost. */
const lostAfterMs = 120_000;

/**
 * Whether a tick is the one that is awaited, and in time. One that comes early was sent by a clock that had
 * jumped; the true one is still under way, or the sweeper replaces it.
 */
export function isTickDue(breaker: Breaker, tick: number, nowMs: number): boolean {
  if (breaker.kind === "closed" || breaker.tick !== tick) return false;
  return breaker.nextTickMs - nowMs <= clockSlackMs || isFromAheadOf(nowMs, breaker.nextTickMs);
}

/** The tick that the sweeper must send again, if it was lost. Sent for nothing it does no harm. */
export function lostTick(breaker: Breaker, nowMs: number): number | undefined {
  if (breaker.kind === "closed") return undefined;
  const isLost =
    nowMs - breaker.nextTickMs > lostAfterMs || isFromAheadOf(nowMs, breaker.nextTickMs);
  return isLost ? breaker.tick : undefined;
}

export interface TickToSend {
  readonly tick: number;
  readonly delaySeconds: number;
}

/** The tick that a change of health calls for: to be sent once the change is written. */
export function tickToSend(
  before: Breaker | undefined,
  after: Breaker | undefined,
  nowMs: number,
): TickToSend | undefined {
  if (!after || after.kind === "closed") return undefined;
  if (before && before.kind !== "closed" && before.tick === after.tick) return undefined;
  const delaySeconds = Math.max(0, Math.ceil((after.nextTickMs - nowMs) / 1000));
  return { tick: after.tick, delaySeconds };
}

/** No step is that long: a clock that had jumped ahead set the time, and waiting for it could take years. */
function isFromAheadOf(nowMs: number, nextTickMs: number): boolean {
  return nextTickMs - nowMs > maxStepSeconds * 1000 + lostAfterMs;
}
