import type { Attempt, Delivery, DeliverySummary } from "../../contract/delivery.ts";
import { AppError } from "../app-error.ts";
import { isoTime } from "../ids/iso-time.ts";
import type { AttemptRecord, DeliveryRecord, SummaryRecord } from "./delivery-record.ts";

export function presentSummary(record: SummaryRecord): DeliverySummary {
  const { messageId, topicName, event, status, attemptCount, error } = record;
  return {
    messageId,
    topicName,
    event,
    status,
    attemptCount,
    publishedTime: isoTime(record.publishedTimeMs),
    lastAttemptTime: timeOrNull(record.lastAttemptTimeMs),
    nextAttemptTime: timeOrNull(record.nextAttemptTimeMs),
    error,
  };
}

/** A deleted webhook's delivery waits for nothing, whatever was last written of it. */
export function endedByDeletion(summary: DeliverySummary): DeliverySummary {
  if (summary.status === "delivered" || summary.status === "failed") return summary;
  return { ...summary, status: "failed", nextAttemptTime: null, error: "webhook deleted" };
}

/** With its attempts, of all generations, in the order in which they were made. */
export function presentDelivery(record: DeliveryRecord, later: readonly AttemptRecord[]): Delivery {
  const all = record.firstAttempt ? [record.firstAttempt, ...later] : later;
  return { ...presentSummary(record), attempts: all.map(presentAttempt) };
}

function presentAttempt({ timeMs, ...attempt }: AttemptRecord): Attempt {
  return { ...attempt, attemptTime: isoTime(timeMs) };
}

function timeOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : isoTime(timeMs);
}

export function noSuchDelivery(messageId: string): AppError {
  return new AppError("NOT_FOUND_ERROR", `there is no delivery of ${messageId} to this webhook`);
}
