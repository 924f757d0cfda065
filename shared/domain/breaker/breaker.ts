import * as z from "zod/mini";

/** When it became so; absent on rows that an earlier version wrote. */
const sinceMs = z.optional(z.int());

/**
 * How far a repair has come: what waits for its time is made due, oldest message first. The rows that it goes through
 * are those of messages that were published until it began.
 */
const Repair = z.object({
  untilMs: z.int(),
  /** The messageId to go on with; absent at the beginning. */
  from: z.optional(z.string()),
});
export type Repair = z.infer<typeof Repair>;

/** Nothing is posted but one probe a step. */
const OpenBreaker = z.object({
  kind: z.literal("open"),
  /** The wait before the next timer. */
  stepSeconds: z.int(),
  /** The version of the row that set the timer: no two timers of a webhook ever share a number. */
  tick: z.int(),
  nextTickMs: z.int(),
  /** Not for its receiver's sake: its cache is suspended. */
  isSuspended: z.optional(z.boolean()),
  /** Of a suspended one: what is to be done once its cache goes on. */
  repair: z.optional(Repair),
  sinceMs,
});
export type OpenBreaker = z.infer<typeof OpenBreaker>;

/** Everything is posted again, and what was parked goes back at a rate that rises. */
const DrainingBreaker = z.object({
  kind: z.literal("draining"),
  ratePerSecond: z.number(),
  tick: z.int(),
  nextTickMs: z.int(),
  /** Timers since the drain began, counted as far as anyone asks. */
  ticks: z.int(),
  /** Since the last timer. */
  failures: z.int(),
  hasSucceeded: z.boolean(),
  /** Where the steps go on if it opens again before it has proved itself. */
  reopenStepSeconds: z.int(),
  /** Not for failures' sake alone: deliveries are put aside for a rate, also while it drains. */
  isLimited: z.optional(z.boolean()),
  /** Of a limited one: steps in a row that found nothing put aside. */
  emptySteps: z.optional(z.int()),
  /** While what waits for its time is being made due. */
  repair: z.optional(Repair),
  /** It was closed before a repair: no function can have seen it open, and be about to park. */
  wasClosed: z.optional(z.boolean()),
  sinceMs,
});
export type DrainingBreaker = z.infer<typeof DrainingBreaker>;

/** Whether a webhook's deliveries are posted or parked. */
export const Breaker = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("closed") }),
  OpenBreaker,
  DrainingBreaker,
]);
export type Breaker = z.infer<typeof Breaker>;

export const firstStepSeconds = 10;
export const maxStepSeconds = 900;

export function tripBreaker(version: number, stepSeconds: number, nowMs: number): OpenBreaker {
  const nextTickMs = nowMs + stepSeconds * 1000;
  return { kind: "open", stepSeconds, tick: version, nextTickMs, sinceMs: nowMs };
}

export function longerStepSeconds(stepSeconds: number): number {
  return Math.min(2 * stepSeconds, maxStepSeconds);
}

/** The clocks of two functions may differ by so much. */
const clockSlackMs = 1_000;
/** A timer may be late for this long, behind others in its queue, before it counts as lost. */
const lostAfterMs = 120_000;

/**
 * Whether a timer is the one that is awaited, and in time. One that comes early was sent by a clock that had
 * jumped; the true one is still under way, or the sweeper replaces it.
 */
export function isTimerDue(breaker: Breaker, tick: number, nowMs: number): boolean {
  if (breaker.kind === "closed" || breaker.tick !== tick) return false;
  return breaker.nextTickMs - nowMs <= clockSlackMs || isFromAheadOf(nowMs, breaker.nextTickMs);
}

/** The timer that the sweeper must send again, if it was lost. Sent for nothing it does no harm. */
export function lostTimer(breaker: Breaker, nowMs: number): number | undefined {
  if (breaker.kind === "closed") return undefined;
  const isLost =
    nowMs - breaker.nextTickMs > lostAfterMs || isFromAheadOf(nowMs, breaker.nextTickMs);
  return isLost ? breaker.tick : undefined;
}

export interface TickToSend {
  readonly tick: number;
  readonly delaySeconds: number;
}

/** The timer that a change of health calls for: to be sent once the change is written. */
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

/** How long one timer's deliveries are spread over. */
const drainWindowSeconds = 10;

export const firstRatePerSecond = 10;
const lowestRatePerSecond = 1;
/** So many of a window's deliveries may fail and it is still clean: else one in a hundred would hold any drain at its first rate. */
const cleanShare = 0.1;
const badShare = 0.5;

export function beginDrain(
  { stepSeconds, repair }: Pick<OpenBreaker, "stepSeconds" | "repair">,
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
    ...(repair && { repair }),
    sinceMs: nowMs,
  };
}

interface Window {
  readonly nowMs: number;
  /** How long it lasts. */
  readonly seconds: number;
  readonly maxRatePerSecond: number;
  readonly isActive: boolean;
}

/** The window that begins with a timer. What no longer needs a POST goes back as fast as is allowed. */
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
 * So many timers, ten seconds apart, must have passed before an empty park may end a drain: a function that
 * saw the breaker open may be about to park, and lives for at most a minute. Timers are counted and not
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
