import type { DeliveryJob } from "../../contract/jobs.ts";
import { retryAfterMs } from "./retry-after.ts";

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

/** When a row about a message of that time may be deleted; epoch seconds, as DynamoDB's TTL reads them. */
export function expiryOf(publishedTimeMs: number, retentionDays: number): number {
  return Math.ceil((publishedTimeMs + Math.max(retentionDays * dayMs, minMs)) / 1000);
}

/** What came of one attempt, before we say what it means. */
export type Outcome =
  | { kind: "answer"; statusCode: number; headers: AnswerHeaders }
  /** DNS, connect, TLS, reset, no full answer in time. */
  | { kind: "unreachable"; error: string; isTimeout?: boolean }
  /** We did not try: the guard refused the address or the URL is no longer legal. */
  | { kind: "refused"; error: string };

export interface AnswerHeaders {
  retryAfter?: string | undefined;
  /** What the body of a 429 asks for; the header comes first. */
  retryAfterInBody?: string | undefined;
  webhookDelivery?: string | undefined;
  /** Where a redirect leads, as it may be shown. */
  location?: string | undefined;
}

/** `disable` makes the webhook inactive as well, with this as its `statusReason`. */
export type Verdict =
  | { kind: "delivered"; disable?: "gone" }
  | { kind: "retry"; error: string; notBeforeMs?: number }
  | { kind: "failed"; error: string; disable?: "gone" };

export function verdictOf(outcome: Outcome, nowMs: number): Verdict {
  switch (outcome.kind) {
    case "answer":
      return judgeAnswer(outcome.statusCode, outcome.headers, nowMs);
    case "unreachable":
      return { kind: "retry", error: outcome.error };
    case "refused":
      return { kind: "failed", error: outcome.error };
  }
}

/**
 * A 2xx wins over `webhook-delivery` for this message: the receiver has it, and calling it failed
 * would offer it for sending again. So `abort-message` has nothing left to stop. `disable` speaks of
 * the messages to come, which the 2xx says nothing about: it counts with every status.
 */
function judgeAnswer(statusCode: number, headers: AnswerHeaders, nowMs: number): Verdict {
  const order = headers.webhookDelivery?.trim().toLowerCase();
  const isDisabling = order === "disable";

  if (statusCode >= 200 && statusCode <= 299) {
    return isDisabling ? { kind: "delivered", disable: "gone" } : { kind: "delivered" };
  }
  const { location } = headers;
  const error = location === undefined ? `HTTP ${statusCode}` : `HTTP ${statusCode} to ${location}`;
  if (isDisabling) return { kind: "failed", error: `${error}, disable`, disable: "gone" };
  if (statusCode === 410) return { kind: "failed", error, disable: "gone" };
  if (order === "abort-message") return { kind: "failed", error: `${error}, abort-message` };

  const notBeforeMs = earliestRetryMs(headers, nowMs);
  return notBeforeMs === undefined
    ? { kind: "retry", error }
    : { kind: "retry", error, notBeforeMs };
}

function earliestRetryMs(
  { retryAfter, retryAfterInBody }: AnswerHeaders,
  nowMs: number,
): number | undefined {
  for (const asked of [retryAfter, retryAfterInBody]) {
    const waitMs = asked === undefined ? undefined : retryAfterMs(asked, nowMs);
    if (waitMs !== undefined) return nowMs + waitMs;
  }
  return undefined;
}

/** What happens to a delivery after an attempt. */
export type Step =
  | { kind: "delivered" }
  | { kind: "retry"; timeMs: number }
  | { kind: "failed"; error: string };

interface Circumstances {
  readonly job: DeliveryJob;
  readonly verdict: Verdict;
  readonly nowMs: number;
  /** Waits between attempts, in seconds. */
  readonly schedule: readonly number[];
  /** A random number from 0 to 1. */
  readonly jitter: number;
}

export function nextStep({ job, verdict, nowMs, schedule, jitter }: Circumstances): Step {
  if (verdict.kind === "delivered") return { kind: "delivered" };
  if (verdict.kind === "failed") return { kind: "failed", error: verdict.error };
  const next = nextAttemptTime({
    schedule,
    attempt: job.attempt,
    nowMs,
    publishedTimeMs: job.message.publishedTimeMs,
    jitter,
    notBeforeMs: verdict.notBeforeMs,
  });
  if (next.kind === "over") return { kind: "failed", error: next.error };
  return { kind: "retry", timeMs: next.timeMs };
}
