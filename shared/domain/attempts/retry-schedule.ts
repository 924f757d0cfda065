const minute = 60;
const hour = 60 * minute;

/** The waits between ten attempts: 75 h 35 m 5 s in all, before jitter. */
export const defaultRetryScheduleSeconds: readonly number[] = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** How long after its publish a delivery may still be tried. */
export const defaultHorizonMs = 7 * 24 * hour * 1000;

export function isPastHorizon(
  publishedTimeMs: number,
  nowMs: number,
  horizonMs = defaultHorizonMs,
): boolean {
  return nowMs > publishedTimeMs + horizonMs;
}

export interface FailedAttempt {
  /** The waits in seconds; one attempt more than there are waits. */
  schedule: readonly number[];
  /** The attempt just made, counted from 1. */
  attempt: number;
  nowMs: number;
  publishedTimeMs: number;
  /** A random number from 0 to 1: where in the ±20 % the wait falls. */
  jitter: number;
  /** What `retry-after` asked for. */
  notBeforeMs?: number | undefined;
  horizonMs?: number | undefined;
}

export type NextAttempt =
  | { kind: "at"; timeMs: number }
  | { kind: "over"; error: "schedule end" | "horizon" };

export function nextAttemptTime({
  schedule,
  attempt,
  nowMs,
  publishedTimeMs,
  jitter,
  notBeforeMs = 0,
  horizonMs = defaultHorizonMs,
}: FailedAttempt): NextAttempt {
  const waitSeconds = schedule[attempt - 1];
  if (waitSeconds === undefined) return { kind: "over", error: "schedule end" };

  const waitMs = Math.round(waitSeconds * 1000 * (0.8 + 0.4 * jitter));
  const timeMs = Math.max(nowMs + waitMs, notBeforeMs);
  if (timeMs > publishedTimeMs + horizonMs) return { kind: "over", error: "horizon" };
  return { kind: "at", timeMs };
}

const dayMs = 86_400_000;

/** A day more than the horizon, so that a row never expires under a delivery that is still alive. */
const minMs = defaultHorizonMs + dayMs;

/** When a row about a message of that time may be deleted; epoch seconds, as DynamoDB's TTL wants. */
export function expiryOf(publishedTimeMs: number, retentionDays: number): number {
  return Math.ceil((publishedTimeMs + Math.max(retentionDays * dayMs, minMs)) / 1000);
}
