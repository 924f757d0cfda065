import * as z from "zod/mini";

/** A time in a response: ISO 8601 in UTC, whole seconds, `…Z`. */
export const Time = z.iso.datetime({ precision: 0 });

/** A time in a request: ISO 8601 with an offset, to the second or finer. */
export function momentOf(description: string) {
  const rule =
    "must be an ISO 8601 time with Z or an offset, as 2024-01-24T23:20:28Z or 2024-01-25T01:20:28+02:00";
  return z.iso
    .datetime({ error: rule, offset: true })
    .check(z.describe(`${description} In a query the \`+\` of an offset is sent as \`%2B\`.`));
}

/** `2024-01-24T23:20:28Z`: whole seconds, rounded down, so that no time lies in the future. */
export function isoTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, -5)}Z`;
}
