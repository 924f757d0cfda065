import type { DeliverySummary } from "../../../shared/contract/delivery.ts";

export const results = ["2xx", "3xx", "4xx", "5xx", "none"] as const;
export type Result = (typeof results)[number];

/** What the API does not filter by: it is looked for in the deliveries that are loaded. */
export interface PageFilter {
  /** The class of the last answer's status; `none`: there was no answer. */
  readonly result?: Result;
  /** How the event's name begins. */
  readonly event?: string;
}

export function isFiltering(filter: PageFilter): boolean {
  return filter.result !== undefined || filter.event !== undefined;
}

type Filtered = Pick<DeliverySummary, "lastStatusCode" | "attemptCount" | "event">;

export function fits(delivery: Filtered, { result, event }: PageFilter): boolean {
  if (result !== undefined && resultOf(delivery) !== result) return false;
  return event === undefined || String(delivery.event ?? "").startsWith(event);
}

/** Undefined where nothing has been tried. */
function resultOf({ lastStatusCode, attemptCount }: Filtered): string | undefined {
  if (lastStatusCode !== null) return `${Math.floor(lastStatusCode / 100)}xx`;
  return attemptCount > 0 ? "none" : undefined;
}
