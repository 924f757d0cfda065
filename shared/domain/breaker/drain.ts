import { type DrainingBreaker, firstStepSeconds, type OpenBreaker } from "./breaker.ts";

/** How long one tick's deliveries are spread over. */
const drainWindowSeconds = 10;

export const firstRatePerSecond = 10;
const lowestRatePerSecond = 1;
/** So many of a window's deliveries may fail and it is still clean: else one in a hundred would hold any drain at its first rate. */
const cleanShare = 0.1;
const badShare = 0.5;

export function beginDrain(
  { stepSeconds }: OpenBreaker,
  version: number,
  nowMs: number,
): DrainingBreaker {
  return {
    kind: "draining",
    ratePerSecond: firstRatePerSecond,
    tick: version,
    nextTickMs: nowMs,
    ticks: 0,
    failures: 0,
    hasSucceeded: false,
    reopenStepSeconds: stepSeconds,
  };
}

interface Window {
  readonly nowMs: number;
  /** How long it lasts. */
  readonly seconds: number;
  readonly maxRatePerSecond: number;
  readonly isActive: boolean;
}

/** The window that begins with a tick. What no longer needs a POST goes back as fast as is allowed. */
export function nextWindow(
  breaker: DrainingBreaker,
  version: number,
  { nowMs, seconds, maxRatePerSecond, isActive }: Window,
): DrainingBreaker {
  return {
    ...breaker,
    ratePerSecond: isActive ? Math.min(nextRate(breaker), maxRatePerSecond) : maxRatePerSecond,
    tick: version,
    nextTickMs: nowMs + seconds * 1000,
    ticks: Math.min(breaker.ticks + 1, quietTicks),
    failures: 0,
    hasSucceeded: false,
    reopenStepSeconds: isClean(breaker) ? firstStepSeconds : breaker.reopenStepSeconds,
  };
}

/**
 * So many ticks, ten seconds apart, must have passed before an empty park may end a drain: a function that
 * saw the breaker open may be about to park, and lives for at most a minute. Ticks are counted and not
 * time, since the queue's delay does not jump with a clock.
 */
export const quietTicks = 10;

/** Of a drain during which deliveries are put aside: so many steps in a row must have found none. */
export const quietSteps = 7;

/** No news is not good news: the window's deliveries may hang, or wait for their turn behind others. */
function nextRate(breaker: DrainingBreaker): number {
  const { ratePerSecond, ticks } = breaker;
  if (ticks === 0) return ratePerSecond;
  if (isClean(breaker)) return 2 * ratePerSecond;
  const isBad = !breaker.hasSucceeded || failedShare(breaker) > badShare;
  return isBad ? Math.max(ratePerSecond / 2, lowestRatePerSecond) : ratePerSecond;
}

function isClean(breaker: DrainingBreaker): boolean {
  return breaker.hasSucceeded && failedShare(breaker) <= cleanShare;
}

/** Of those that the last window was to send; what is posted besides them counts against the share. */
function failedShare({ failures, ratePerSecond }: DrainingBreaker): number {
  return failures / (ratePerSecond * drainWindowSeconds);
}

/** Spreads a window's deliveries evenly: when the queue is to hand out this one of them. */
export function drainDelaySeconds(index: number, howMany: number, overSeconds: number): number {
  return Math.floor((index * overSeconds) / howMany);
}
