import * as z from "zod/mini";

const dottedName = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/;
const rule = `must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, or a dotted name that begins with a letter`;

const EventNumber = z.int(rule).check(z.minimum(0, rule), z.maximum(Number.MAX_SAFE_INTEGER, rule));

const EventName = z
  .string()
  .check(z.maxLength(128, "must have at most 128 characters"), z.regex(dottedName, rule));

/** An event: a code (101) or a dotted name (`invoice.paid`). */
export const EventCode = z.union([EventNumber, EventName], { error: rule }).check(
  z.meta({
    id: "Event",
    description: "The event: a whole number from 0 on, or a dotted name that begins with a letter.",
    examples: [101, "invoice.paid"],
  }),
);
export type EventCode = z.infer<typeof EventCode>;

/** An event as it was stored: what was legal at the time is still read. */
export const StoredEvent = z.union([z.int(), z.string()]);

/** The events a webhook wants; empty means every event. */
export const EventList = z.array(EventCode).check(
  z.maxLength(50, "must have at most 50 events"),
  z.check(({ value, issues }) => {
    const repeated = value.find((event, index) => value.indexOf(event) < index);
    if (repeated === undefined) return;
    const message = `must not repeat an event: ${String(repeated).slice(0, 128)} is there twice`;
    issues.push({ code: "custom", message, input: value });
  }),
  z.meta({
    uniqueItems: true,
    description: "The events to receive; an empty list means every event.",
  }),
);

/** An event as a query spells it: digits are a code, anything else a name. */
export const EventInQuery = z
  .pipe(
    z.transform((text: unknown) => (/^[0-9]+$/.test(String(text)) ? Number(text) : text)),
    EventCode,
  )
  .check(z.describe("The event: digits are a number, anything else is a dotted name."));
