import type { DeliverySummary } from "../../contract/delivery.ts";
import type { EventCode } from "../../contract/values/event.ts";

export interface DeliveryFilter {
  readonly event?: EventCode | undefined;
  /** `503`, `5xx`, or `none`: there was no answer. */
  readonly lastStatusCode?: string | undefined;
}

export function isFiltering({ event, lastStatusCode }: DeliveryFilter): boolean {
  return event !== undefined || lastStatusCode !== undefined;
}

type Filtered = Pick<DeliverySummary, "lastStatusCode" | "attemptCount" | "event">;

/** What has not been tried has neither a status nor none. */
export function fits(
  delivery: Filtered,
  { event, lastStatusCode: wanted }: DeliveryFilter,
): boolean {
  if (event !== undefined && delivery.event !== event) return false;
  if (wanted === undefined) return true;
  const { lastStatusCode: status, attemptCount } = delivery;
  if (status === null) return wanted === "none" && attemptCount > 0;
  return wanted === String(status) || wanted === `${Math.floor(status / 100)}xx`;
}
