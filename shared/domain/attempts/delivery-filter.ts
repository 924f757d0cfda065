import type { EventCode } from "../../contract/values/event.ts";
import { lastAttemptOf, type SummaryRecord } from "./delivery-record.ts";

export interface DeliveryFilter {
  readonly event?: EventCode | undefined;
  /** `503`, `5xx`, or `none`: there was no answer. */
  readonly lastStatusCode?: string | undefined;
}

export function isFiltering({ event, lastStatusCode }: DeliveryFilter): boolean {
  return event !== undefined || lastStatusCode !== undefined;
}

/** What has not been tried has neither a status nor none. */
export function fits(
  record: SummaryRecord,
  { event, lastStatusCode: wanted }: DeliveryFilter,
): boolean {
  if (event !== undefined && record.event !== event) return false;
  if (wanted === undefined) return true;
  const status = lastAttemptOf(record)?.statusCode ?? null;
  if (status === null) return wanted === "none" && record.attemptCount > 0;
  return wanted === String(status) || wanted === `${Math.floor(status / 100)}xx`;
}
