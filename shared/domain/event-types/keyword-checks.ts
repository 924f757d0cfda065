import { arrayChecks } from "./array-checks.ts";
import type { Check, Run } from "./check.ts";
import { combiningChecks } from "./combining-checks.ts";
import { objectChecks } from "./object-checks.ts";
import { canonical, isObject } from "./schema-parts.ts";

/** What a value must be to have the type. */
const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === "string",
  array: Array.isArray,
  object: isObject,
};

export const typeNames = Object.keys(types);

const checkType: Check = (rule, { value, at, run }) => {
  const names = [rule].flat().map(String);
  run.spend(names.length);
  if (names.some((name) => types[name]?.(value))) return true;
  return run.report(at, "type", `must be ${names.map(withArticle).join(" or ")}`);
};

function withArticle(name: string): string {
  if (name === "null") return name;
  return `${/^[aio]/.test(name) ? "an" : "a"} ${name}`;
}

const checkConst: Check = (rule, { value, at, run }) => {
  if (isOneOf([rule], value, run.spend)) return true;
  // To write it takes as long as it is.
  if (run.isQuiet()) return false;
  return run.report(at, "const", `must be ${brief(rule)}`);
};

const checkEnum: Check = (rule, { value, at, run }) => {
  const choices = rule as readonly unknown[];
  if (isOneOf(choices, value, run.spend)) return true;
  if (run.isQuiet()) return false;
  const shown = choices.slice(0, 10).map(brief);
  const more = choices.length > shown.length ? ", …" : "";
  return run.report(at, "enum", `must be one of ${shown.join(", ")}${more}`);
};

function isOneOf(
  choices: readonly unknown[],
  value: unknown,
  spend: (steps: number) => void,
): boolean {
  spend(choices.length);
  if (typeof value !== "object" || value === null) return choices.includes(value);
  const text = canonical(value);
  spend(text.length);
  return choices.some((choice) => {
    if (typeof choice !== "object" || choice === null) return false;
    const other = canonical(choice);
    spend(other.length);
    return other === text;
  });
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A check of numbers: whether one keeps to the bound, and what it must be. */
function ofNumber(
  keyword: string,
  keeps: (value: number, bound: number, spend: Run["spend"]) => boolean,
  words: string,
): [string, Check] {
  const check: Check = (rule, { value, at, run }) =>
    typeof value !== "number" ||
    keeps(value, Number(rule), run.spend) ||
    run.report(at, keyword, `must be ${words} ${String(rule)}`);
  return [keyword, check];
}

/** Numbers of 600 digits take as long. */
const digitSteps = 100;

/** Exact: a number is what its digits say, so that 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number, spend: Run["spend"]): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(of)) return value % of === 0;
  spend(digitSteps);
  const [one, other] = [digitsOf(value), digitsOf(of)];
  if (!one || !other) return false;
  const shift = Math.min(one.exponent, other.exponent);
  const scaled = ({ digits, exponent }: Digits) => digits * 10n ** BigInt(exponent - shift);
  return scaled(one) % scaled(other) === 0n;
}

interface Digits {
  readonly digits: bigint;
  readonly exponent: number;
}

function digitsOf(value: number): Digits | undefined {
  const found = /^(-?\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential());
  if (!found) return undefined;
  const [, whole = "0", part = "", exponent] = found;
  return { digits: BigInt(whole + part), exponent: Number(exponent) - part.length };
}

/** A check of a text's length, in characters and not in UTF-16's units. */
function ofLength(
  keyword: string,
  keeps: (length: number, bound: number) => boolean,
  words: string,
) {
  const check: Check = (rule, { value, at, run }) => {
    if (typeof value !== "string") return true;
    run.spend(value.length);
    let length = 0;
    for (const _ of value) length += 1;
    if (keeps(length, Number(rule))) return true;
    return run.report(at, keyword, `must have at ${words} ${String(rule)} characters`);
  };
  return [keyword, check] as const;
}

const checkPattern: Check = (rule, { value, at, run }) => {
  if (typeof value !== "string") return true;
  if (run.schema.patternOf(String(rule)).isIn(value, run.spend)) return true;
  return run.report(at, "pattern", `must match ${brief(rule)}`);
};

/** What each keyword asks. `format` and what is not here says something about a value and asks nothing of it. */
export const keywordChecks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["type", checkType],
  ["const", checkConst],
  ["enum", checkEnum],
  ofNumber("minimum", (value, bound) => value >= bound, "at least"),
  ofNumber("maximum", (value, bound) => value <= bound, "at most"),
  ofNumber("exclusiveMinimum", (value, bound) => value > bound, "more than"),
  ofNumber("exclusiveMaximum", (value, bound) => value < bound, "less than"),
  ofNumber("multipleOf", isMultiple, "a multiple of"),
  ofLength("minLength", (length, bound) => length >= bound, "least"),
  ofLength("maxLength", (length, bound) => length <= bound, "most"),
  ["pattern", checkPattern],
  ...combiningChecks,
  ...arrayChecks,
  ...objectChecks,
]);
