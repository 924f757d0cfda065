import { retryAfterMs } from "./retry-after.ts";

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
