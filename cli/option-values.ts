import { InvalidArgumentError } from "commander";
import * as z from "zod/mini";
import { type EventCode, EventInQuery, EventList } from "../shared/contract/values/event.ts";
import { Filter } from "../shared/contract/values/filter.ts";

/** Gathers an option that may be given several times. */
export function each<T>(parse: (text: string) => T): (text: string, previous?: T[]) => T[] {
  return (text, previous = []) => [...previous, parse(text)];
}

/** Digits are a code, anything else is a dotted name. */
export function event(text: string): EventCode {
  const parsed = z.safeParse(EventInQuery, text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(
    "It must be a number from 0 on or a dotted name: 101, invoice.paid.",
  );
}

/** The same of what a webhook subscribes to, which may be `order.*`. */
export function wantedEvent(text: string): EventCode {
  const code = /^[0-9]+$/.test(text) ? Number(text) : text;
  if (z.safeParse(EventList, [code]).success) return code;
  throw new InvalidArgumentError(
    "It must be a number from 0 on or a dotted name, perhaps with .* at its end: 101, order.*.",
  );
}

/** JSON, or undefined where a text is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An event pattern as JSON. */
export function filterPattern(text: string): Filter {
  const parsed = z.safeParse(Filter, jsonIn(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") ?? "";
  const problem = issue?.message === "Invalid input" ? "must be a JSON object" : issue?.message;
  throw new InvalidArgumentError(`${where === "" ? "It" : where} ${problem}. See docs/filters.md.`);
}

export function integer(text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("It must be a whole number.");
}

export function positiveInteger(text: string): number {
  const value = integer(text);
  if (value > 0) return value;
  throw new InvalidArgumentError("It must be a whole number, at least 1.");
}

const unitsMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** With its zone, for whoever reads it may be in another; a date alone is that of UTC. */
const isoTime = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A time as the contract writes it, of a time or of a span before now: 10m, 24h, 3d. */
export function moment(text: string): string {
  const [, count, unit = ""] = /^(\d{1,5})([smhd])$/.exec(text) ?? [];
  if (count) return new Date(Date.now() - Number(count) * (unitsMs[unit] ?? 0)).toISOString();
  const [, date] = isoTime.exec(text) ?? [];
  if (date === undefined || !isDate(date) || Number.isNaN(Date.parse(text))) throw notATime();
  return new Date(text).toISOString();
}

/** The parser of dates takes February 31 for March 2. */
function isDate(date: string): boolean {
  const timeMs = Date.parse(date);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(date);
}

function notATime(): InvalidArgumentError {
  return new InvalidArgumentError(
    "It must be a span before now, such as 10m, 24h or 3d, or a time with its zone, such as " +
      "2024-01-24T23:20:28Z.",
  );
}

/** The items, or the first so many of them. */
export async function collect<T>(
  items: AsyncIterable<T>,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= most) break;
  }
  return found;
}
