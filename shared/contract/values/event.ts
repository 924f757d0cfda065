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

const wantedName = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*(\.\*)?$/;
const wantedRule = `${rule}, perhaps with .* at its end`;
const WantedName = z
  .string()
  .check(z.maxLength(128, "must have at most 128 characters"), z.regex(wantedName, wantedRule));

/** What a webhook subscribes to: an event, or all whose names go on behind the dot (`order.*`). */
const WantedEvent = z.union([EventNumber, WantedName], { error: wantedRule }).check(
  z.meta({
    id: "WantedEvent",
    description:
      "An event: a whole number from 0 on, or a dotted name. `order.*` means every event below " +
      "`order`, at any depth, and not `order` itself.",
    examples: [101, "invoice.paid", "order.*"],
  }),
);

/** Whether a list of subscribed events, as it is stored, holds this one. */
export function includesEvent(
  wanted: readonly (number | string)[],
  event: number | string,
): boolean {
  const name = String(event);
  return wanted.some(
    (one) =>
      one === event ||
      (typeof one === "string" && one.endsWith(".*") && name.startsWith(one.slice(0, -1))),
  );
}

const maxEvents = 200;
const maxEventBytes = 4_096;

/** The events a webhook subscribes to; empty means every event. */
export const EventList = z.array(WantedEvent).check(
  z.maxLength(maxEvents, `must have at most ${maxEvents} events`),
  z.check(({ value, issues }) => {
    const bytes = value.reduce<number>((sum, event) => sum + String(event).length, 0);
    if (bytes <= maxEventBytes) return;
    const message = `must have at most ${maxEventBytes} characters in all`;
    issues.push({ code: "custom", message, input: value });
  }),
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
