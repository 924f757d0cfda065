import type { DeliverySummary } from "../../contract/delivery.ts";
import { isoTime } from "../../contract/values/time.ts";
import { AppError } from "../app-error.ts";
import { type LastAttempt, lastAttemptOf, type SummaryRecord } from "./delivery-record.ts";

export function presentSummary(
  record: SummaryRecord,
  nowMs: number,
  last: LastAttempt | undefined = lastAttemptOf(record),
): DeliverySummary {
  const { messageId, topicName, event, status, attemptCount } = record;
  return {
    messageId,
    topicName,
    event,
    status,
    attemptCount,
    publishedTime: isoTime(record.publishedTimeMs),
    lastAttemptTime: timeOrNull(record.lastAttemptTimeMs),
    nextAttemptTime: nextAttemptTime(record, nowMs),
    lastStatusCode: last?.statusCode ?? null,
    latencyMs: last?.latencyMs ?? null,
    error: causeOf(record, last),
  };
}

/** What is due waits for its turn, for a breaker or a rate, and nobody knows until when. */
function nextAttemptTime({ nextAttemptTimeMs }: SummaryRecord, nowMs: number): string | null {
  if (nextAttemptTimeMs === null || nextAttemptTimeMs <= nowMs) return null;
  return isoTime(Math.ceil(nextAttemptTimeMs / 1_000) * 1_000);
}

/** That its attempts are used up says less than what came of the last one. */
function causeOf(
  { status, error, lastAttemptTimeMs }: SummaryRecord,
  last: LastAttempt | undefined,
): string | null {
  if (error !== null && error !== "schedule end") return error;
  if (last) return last.error;
  if (lastAttemptTimeMs === null) return "not attempted yet";
  // Of an older version's row no more is known than how it stands.
  return status === "delivered" ? null : (error ?? "no 2xx response");
}

/** A deleted webhook's delivery waits for nothing, whatever was last written of it. */
export function endedByDeletion(summary: DeliverySummary): DeliverySummary {
  if (summary.status === "delivered" || summary.status === "failed") return summary;
  return { ...summary, status: "failed", nextAttemptTime: null, error: "webhook deleted" };
}

function timeOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : isoTime(timeMs);
}

export function noSuchDelivery(messageId: string): AppError {
  return new AppError("NOT_FOUND_ERROR", `there is no delivery of ${messageId} to this webhook`);
}
