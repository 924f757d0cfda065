import { InvalidArgumentError } from "commander";
import * as z from "zod/mini";
import { type EventCode, EventInQuery } from "../shared/contract/values/event.ts";

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
