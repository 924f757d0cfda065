import { printable } from "../../shared/contract/values/printable.ts";
import type {
  AttemptRecord,
  DeliveryRecord,
} from "../../shared/domain/attempts/delivery-record.ts";

/** One attempt, or the end of a delivery without one. */
export interface TailLine {
  /** When the attempt began, or when the end was noticed. */
  readonly timeMs: number;
  readonly messageId: string;
  readonly topicName: string;
  readonly event: DeliveryRecord["event"];
  /** How the delivery stood afterwards. */
  readonly status: "delivered" | "retrying" | "failed";
  readonly attempt: number;
  readonly statusCode: number | null;
  readonly latencyMs: number | null;
  readonly error: string | null;
  readonly responseBody: string;
}

export function attemptLine(record: DeliveryRecord, made: AttemptRecord): TailLine {
  const { messageId, topicName, event } = record;
  const { timeMs, attempt, statusCode, latencyMs, error, responseBody } = made;
  return {
    ...{ timeMs, messageId, topicName, event, status: statusAfter(record, made) },
    ...{ attempt, statusCode, latencyMs, error, responseBody },
  };
}

/** What stands in the delivery's row is true of its last attempt; every other failure was followed by one more. */
function statusAfter(record: DeliveryRecord, { timeMs, error }: AttemptRecord): TailLine["status"] {
  if (error === null) return "delivered";
  const isLast = timeMs === record.lastAttemptTimeMs;
  return isLast && record.status === "failed" ? "failed" : "retrying";
}

/** A delivery that failed without one more attempt: its webhook was switched off, its time was up. */
export function endLine(record: DeliveryRecord, nowMs: number): TailLine {
  const { messageId, topicName, event, attemptCount, error } = record;
  return {
    ...{ timeMs: nowMs, messageId, topicName, event, status: "failed", attempt: attemptCount },
    ...{ statusCode: null, latencyMs: null, error, responseBody: "" },
  };
}

/** For people. What is not known is a dash, so that columns stay where they are. */
export function lineAsText(line: TailLine, withBody: boolean): string {
  const { timeMs, messageId, topicName, event, status, attempt, statusCode, latencyMs } = line;
  const cells = [
    ...[new Date(timeMs).toISOString(), messageId, topicName, event ?? "-", status],
    ...[`attempt ${attempt}`, statusCode ?? "-", latencyMs === null ? "-" : `${latencyMs} ms`],
    ...(line.error === null ? [] : [line.error]),
    ...(withBody ? [JSON.stringify(line.responseBody)] : []),
  ];
  return printable(cells.join("  "));
}

/** For programs. */
export function lineAsJson({ timeMs, responseBody, ...line }: TailLine, withBody: boolean): string {
  const shown = {
    time: new Date(timeMs).toISOString(),
    ...line,
    ...(withBody && { responseBody }),
  };
  return printable(JSON.stringify(shown));
}
