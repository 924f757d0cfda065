import * as z from "zod/mini";

const dottedName = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/;

const EventName = z
  .string()
  .check(
    z.maxLength(128, "must have at most 128 characters"),
    z.regex(dottedName, "must be an integer code or a dotted name that begins with a letter"),
  );

/** An event: an integer code (101) or a dotted name (`invoice.paid`). */
export const EventCode = z
  .union([z.int(), EventName], {
    error: "must be an integer code or a dotted name that begins with a letter",
  })
  .check(
    z.meta({
      id: "Event",
      description: "What happened: an integer code, or a dotted name that begins with a letter.",
      examples: [101, "invoice.paid"],
    }),
  );
export type EventCode = z.infer<typeof EventCode>;

/** The events a webhook wants; empty means every event. */
export const EventList = z.array(EventCode).check(
  z.maxLength(50, "must have at most 50 events"),
  z.refine((events) => new Set(events).size === events.length, "must not repeat an event"),
  z.meta({ uniqueItems: true, description: "The events that are wanted; none means every event." }),
);

/** An event as a query spells it: digits are a code, anything else a name. */
export const EventInQuery = z
  .pipe(
    z.transform((text: unknown) => (/^(0|[1-9][0-9]*)$/.test(String(text)) ? Number(text) : text)),
    EventCode,
  )
  .check(z.describe("What happened: digits are a code, anything else is a dotted name."));
