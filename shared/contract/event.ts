import * as z from "zod/mini";

const dottedName = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/;

const EventName = z
  .string()
  .check(
    z.maxLength(128, "must have at most 128 characters"),
    z.regex(dottedName, "must be an integer code or a dotted name that begins with a letter"),
  );

/** An event: an integer code (101) or a dotted name (`invoice.paid`). */
export const EventCode = z.union([z.int(), EventName], {
  error: "must be an integer code or a dotted name that begins with a letter",
});
export type EventCode = z.infer<typeof EventCode>;

/** The events a webhook wants; empty means every event. */
export const EventList = z.array(EventCode).check(
  z.maxLength(50, "must have at most 50 events"),
  z.refine((events) => new Set(events).size === events.length, "must not repeat an event"),
);

/** An event as a query spells it: digits are a code, anything else a name. */
export const EventInQuery = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text) => (/^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : text)),
  ),
  EventCode,
);
