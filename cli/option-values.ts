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

/** The same of what a webhook wants, which may be `order.*`. */
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
