import type { DeliveryJob } from "../../contract/jobs.ts";
import { retryAfterMs } from "./retry-after.ts";
import { nextAttemptTime } from "./retry-schedule.ts";

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
