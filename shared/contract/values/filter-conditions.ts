import { readBlock } from "./ip-block.ts";

/** What a leaf of JSON may be. */
export type Scalar = string | number | boolean | null;

export type Sign = "=" | "<" | "<=" | ">" | ">=";

/** One condition of a list. */
export type Condition =
  | { readonly kind: "exact"; readonly values: readonly Scalar[] }
  | {
      readonly kind: "prefix" | "suffix" | "equals";
      readonly texts: readonly string[];
      readonly ignoresCase: boolean;
    }
  /** Each pattern as the texts between its asterisks. */
  | { readonly kind: "wildcard"; readonly patterns: readonly (readonly string[])[] }
  | { readonly kind: "numeric"; readonly bounds: readonly (readonly [Sign, number])[] }
  | { readonly kind: "cidr"; readonly block: string }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "exists"; readonly isWanted: boolean };

export type Path = readonly (string | number)[];

/** What is wrong with a filter, and where in it. */
export interface FilterProblem {
  readonly path: Path;
  readonly message: string;
}

/** What is known while a filter is read. */
export interface Reading {
  readonly problems: FilterProblem[];
  leaves: number;
}

/** Notes a problem; returns undefined, which stands for what could not be read. */
export function reporter({ problems }: Reading, path: Path): (message: string) => undefined {
  return (message) => {
    problems.push({ path, message });
  };
}

export function isScalar(json: unknown): json is Scalar {
  return json === null || ["string", "boolean"].includes(typeof json) || isNumber(json);
}

/** JSON may hold numbers that are too large for any comparison. */
function isNumber(json: unknown): json is number {
  return typeof json === "number" && Number.isFinite(json);
}

type Read = (argument: unknown, path: Path, reading: Reading) => Condition | undefined;

const operators: Readonly<Record<string, Read>> = {
  prefix: readAffix("prefix"),
  suffix: readAffix("suffix"),
  "equals-ignore-case": readEquals,
  wildcard: readWildcard,
  "anything-but": readAnythingBut,
  numeric: readNumeric,
  exists(argument, path, reading) {
    if (typeof argument === "boolean") return { kind: "exists", isWanted: argument };
    return reporter(reading, path)("must be true or false");
  },
  cidr(argument, path, reading) {
    if (typeof argument === "string" && readBlock(argument))
      return { kind: "cidr", block: argument };
    return reporter(
      reading,
      path,
    )("must be a block of addresses such as 10.0.0.0/24 or 2001:db8::/32");
  },
};

/** Reads what stands in a list beside plain values: an object with one operator. */
export function readOperator(json: unknown, path: Path, reading: Reading): Condition | undefined {
  const report = reporter(reading, path);
  const [operator, ...others] =
    typeof json === "object" && !Array.isArray(json) ? Object.entries(Object(json)) : [];
  if (!operator) return report("must be a string, a number, true, false, null or an operator");
  if (others.length > 0) return report("must have one operator");
  const [name, argument] = operator;
  const read = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (read) return read(argument, [...path, name], reading);
  return reporter(reading, [...path, name])(
    `is not an operator; there are ${Object.keys(operators).join(", ")}`,
  );
}

/** Text operators take one text; `anything-but` gives them several, and none that would match everything. */
function readTexts(argument: unknown, path: Path, reading: Reading, isNot: boolean) {
  const report = reporter(reading, path);
  const isList = isNot && Array.isArray(argument);
  const texts: unknown[] = isList ? argument : [argument];
  if (texts.length === 0) return report("must hold at least one string");
  if (!texts.every((text) => typeof text === "string"))
    return report(isNot ? "must be a string or a list of strings" : "must be a string");
  return texts;
}

function readAffix(kind: "prefix" | "suffix", isNot = false): Read {
  return (argument, path, reading) => {
    const folded = isNot ? undefined : onlyMember(argument, "equals-ignore-case");
    const at = folded ? [...path, "equals-ignore-case"] : path;
    const texts = readTexts(folded ? folded.argument : argument, at, reading, isNot);
    if (isNot && texts?.includes("")) return reporter(reading, at)("must not be empty");
    return texts && { kind, texts, ignoresCase: folded !== undefined };
  };
}

function readEquals(argument: unknown, path: Path, reading: Reading, isNot = false) {
  const texts = readTexts(argument, path, reading, isNot);
  return texts && ({ kind: "equals", texts, ignoresCase: true } as const);
}

function readWildcard(argument: unknown, path: Path, reading: Reading, isNot = false) {
  const texts = readTexts(argument, path, reading, isNot);
  if (!texts) return undefined;
  const read = texts.map(partsOf);
  const problem = read.find((parts) => typeof parts === "string");
  if (problem !== undefined) return reporter(reading, path)(problem);
  const patterns = read.filter((parts) => typeof parts !== "string");
  return { kind: "wildcard", patterns } as const;
}

/** The texts between asterisks, or what is wrong. `\*` and `\\` stand for the characters themselves. */
function partsOf(pattern: string): string[] | string {
  const parts = [""];
  const append = (character: string) => parts.push((parts.pop() ?? "") + character);
  for (let at = 0; at < pattern.length; at += 1) {
    const [character = "", next = ""] = [pattern.charAt(at), pattern.charAt(at + 1)];
    if (character === "\\") {
      if (next !== "*" && next !== "\\")
        return `has a \\ at character ${at + 1} that is not before * or \\`;
      append(next);
      at += 1;
    } else if (character === "*") {
      if (next === "*") return `has two asterisks at character ${at + 1}; one is enough`;
      parts.push("");
    } else {
      append(character);
    }
  }
  return parts;
}

const negated: Readonly<Record<string, Read>> = {
  prefix: readAffix("prefix", true),
  suffix: readAffix("suffix", true),
  "equals-ignore-case": (...given) => readEquals(...given, true),
  wildcard: (...given) => readWildcard(...given, true),
};

function readAnythingBut(argument: unknown, path: Path, reading: Reading): Condition | undefined {
  for (const [name, read] of Object.entries(negated)) {
    const member = onlyMember(argument, name);
    if (!member) continue;
    const of = read(member.argument, [...path, name], reading);
    return of && { kind: "not", of };
  }
  const values: unknown[] = Array.isArray(argument) ? argument : [argument];
  const isUniform =
    values.every((value) => typeof value === "string") || values.every((value) => isNumber(value));
  if (values.length > 0 && isUniform && values.every(isScalar))
    return { kind: "not", of: { kind: "exact", values } };
  const names = Object.keys(negated).join(", ");
  return reporter(
    reading,
    path,
  )(`must be a string, a number, a list of either, or one of the operators ${names}`);
}

const signs: readonly unknown[] = ["=", "<", "<=", ">", ">="] satisfies Sign[];

function readNumeric(argument: unknown, path: Path, reading: Reading): Condition | undefined {
  const report = reporter(reading, path);
  const terms: unknown[] = Array.isArray(argument) ? argument : [];
  const bounds: [Sign, number][] = [];
  for (let at = 0; at < terms.length; at += 2) {
    const [sign, bound] = [terms[at], terms[at + 1]];
    if (isSign(sign) && isNumber(bound)) bounds.push([sign, bound]);
  }
  const [[first, low] = ["=", 0], second] = bounds;
  const isWhole = bounds.length > 0 && bounds.length * 2 === terms.length && bounds.length < 3;
  const isRange = first.startsWith(">") && second?.[0].startsWith("<");
  if (!isWhole || (second && !isRange))
    return report('must be a comparison such as ["=", 5], or a range such as [">", 0, "<=", 5]');
  if (second && second[1] <= low) return report("must be a range whose second number is larger");
  return { kind: "numeric", bounds };
}

function isSign(term: unknown): term is Sign {
  return signs.includes(term);
}

/** The argument of an operator that stands alone in an object. */
function onlyMember(json: unknown, name: string): { readonly argument: unknown } | undefined {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  const [entry, ...others] = Object.entries(json);
  return entry?.[0] === name && others.length === 0 ? { argument: entry[1] } : undefined;
}
