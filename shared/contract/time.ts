import * as z from "zod/mini";

/** A time in an answer: ISO 8601 in UTC, whole seconds, `…Z`. */
export const Time = z.iso.datetime({ precision: 0 });

/** A time in a request: ISO 8601 in UTC, to the second or finer. */
export function momentOf(description: string) {
  const rule = "must be an ISO 8601 time in UTC, as 2024-01-24T23:20:28Z";
  return z.iso.datetime(rule).check(z.describe(description));
}
