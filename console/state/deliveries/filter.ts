import { query } from "../address/address.ts";
import { localTimeText, momentOf } from "../local-time.ts";
import type { DeliveryFilter, DeliveryStatus } from "./delivery-pages.ts";

export const statuses: readonly DeliveryStatus[] = ["delivered", "retrying", "failed", "pending"];

/** What may have come back last. */
export const results = ["2xx", "3xx", "4xx", "5xx", "none"];

const isResult = (text: string) => /^([1-5]\d\d|[1-5]xx|none)$/.test(text);

/** The filter that the address asks for; what is no status, no result or no time is left out. */
export function chosenFilter(): DeliveryFilter {
  const status = statuses.find((name) => name === query.value.status);
  const { result = "", event } = query.value;
  const since = timeOf(query.value.since);
  const until = timeOf(query.value.until);
  return {
    ...(status && { status }),
    ...(isResult(result) && { lastStatusCode: result }),
    ...(event && { event }),
    ...(since && { since }),
    ...(until && { until }),
  };
}

/** The filter as the address keeps it. */
export function filterQuery({ status, lastStatusCode, event, since, until }: DeliveryFilter) {
  return { status, result: lastStatusCode, event, since, until };
}

/** Whether it lets the service look through deliveries one by one. */
export function isLooking({ lastStatusCode, event }: DeliveryFilter): boolean {
  return lastStatusCode !== undefined || event !== undefined;
}

/** What the control of a time shows. */
export function controlText(time: string | undefined): string {
  return time === undefined ? "" : localTimeText(Date.parse(time));
}

export const timeOfControl = momentOf;

function timeOf(text: string | undefined): string | undefined {
  return text !== undefined && !Number.isNaN(Date.parse(text)) ? text : undefined;
}
