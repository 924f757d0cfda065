import type { OpenSchema } from "./schema-parts.ts";

/** What is wrong with a value, and where in it. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The keyword of the schema that the value does not meet. */
  readonly keyword: string;
}

/** A place in a value, with the way that leads there. */
export interface Place {
  readonly key: string | number;
  readonly within: Place | undefined;
}

/** Which properties and items of a value its schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Seen {
  readonly names: Set<string>;
  readonly items: Set<number>;
}

const nothingSeen: Seen = { names: new Set(), items: new Set() };

/** For a part to add to what it has looked at; where no schema asks for that, nobody adds anything. */
export function emptySeen({ asksForUnevaluated }: OpenSchema): Seen {
  return asksForUnevaluated ? { names: new Set(), items: new Set() } : nothingSeen;
}

/** One check of one value. */
export interface Run {
  readonly schema: OpenSchema;
  /** Counts work: a step for whatever takes about as long as a look at one property. Throws where that is too much. */
  readonly spend: (steps: number) => void;
  /** Checks a value against a part of the schema, and adds what is seen of it where it holds. */
  readonly holds: (part: unknown, value: unknown, at: Place | undefined, seen: Seen) => boolean;
  /** The same without a word about what is wrong. */
  readonly holdsQuietly: Run["holds"];
  readonly report: (at: Place | undefined, keyword: string, message: string) => false;
  /** Whether nobody hears what is wrong, so that the first fault ends a check. */
  readonly isQuiet: () => boolean;
}

/** What a check is told of, beside what the keyword says. */
export interface Checked {
  /** The schema that has the keyword. */
  readonly part: { readonly [keyword: string]: unknown };
  readonly value: unknown;
  readonly at: Place | undefined;
  readonly seen: Seen;
  readonly run: Run;
}

/** Whether the value meets one keyword; reports where it does not. */
export type Check = (rule: unknown, checked: Checked) => boolean;
