import { query } from "../address/address.ts";
import { localTimeText, momentOf } from "../local-time.ts";
import type { DeliveryFilter, DeliveryStatus } from "./delivery-pages.ts";
import { type PageFilter, results } from "./page-filter.ts";

export const statuses: readonly DeliveryStatus[] = ["delivered", "retrying", "failed", "pending"];

/** The filter that the address asks for; what is no status or no time is left out. */
export function chosenFilter(): DeliveryFilter {
  const status = statuses.find((name) => name === query.value.status);
  const since = timeOf(query.value.since);
  const until = timeOf(query.value.until);
  return { ...(status && { status }), ...(since && { since }), ...(until && { until }) };
}

/** The filter as the address keeps it. */
export function filterQuery({ status, since, until }: DeliveryFilter) {
  return { status, since, until };
}

/** Likewise what the API does not filter by. */
export function chosenPageFilter(): PageFilter {
  const result = results.find((name) => name === query.value.result);
  const { event } = query.value;
  return { ...(result && { result }), ...(event && { event }) };
}

export function pageFilterQuery({ result, event }: PageFilter) {
  return { result, event };
}

/** What the control of a time shows. */
export function controlText(time: string | undefined): string {
  return time === undefined ? "" : localTimeText(Date.parse(time));
}

export const timeOfControl = momentOf;

function timeOf(text: string | undefined): string | undefined {
  return text !== undefined && !Number.isNaN(Date.parse(text)) ? text : undefined;
}
