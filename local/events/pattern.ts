import * as z from "zod/mini";
import { leafOf } from "./event-json.ts";
import { cidrTest, wildcardTest } from "./text-tests.ts";

/** Whether an event, or a part of it, is one that a rule matches. */
export type Matches = (value: unknown) => boolean;

type Leaf = NonNullable<ReturnType<typeof leafOf>> | null;
type Test = (leaf: Leaf) => boolean;

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const texts = z.union([z.string(), z.array(z.string())]);
const IgnoringCase = z.strictObject({ "equals-ignore-case": texts });
const Affix = z.union([texts, IgnoringCase]);
const Operators = z.strictObject({
  exists: z.optional(z.boolean()),
  prefix: z.optional(Affix),
  suffix: z.optional(Affix),
  "equals-ignore-case": z.optional(texts),
  wildcard: z.optional(texts),
  cidr: z.optional(texts),
  numeric: z.optional(z.array(z.union([z.string(), z.number()]))),
  "anything-but": z.optional(
    z.union([
      Scalar,
      z.array(Scalar),
      z.strictObject({ prefix: Affix }),
      z.strictObject({ suffix: Affix }),
      IgnoringCase,
      z.strictObject({ wildcard: texts }),
    ]),
  ),
});
const Operator = Operators.check(
  z.refine((operators) => Object.keys(operators).length === 1, "one operator at a time"),
);
type Operator = z.infer<typeof Operator>;

/**
 * Compiles an event pattern of EventBridge: every member must match, each by one of its values. What is no operator
 * is refused.
 */
export function compilePattern(pattern: unknown, path = "EventPattern"): Matches {
  const members = Object.entries(z.parse(z.record(z.string(), z.unknown()), pattern));
  if (members.length === 0) throw new Error(`${path} is empty`);
  const tests = members.map(([name, wanted]): Matches => {
    const where = `${path}.${name}`;
    if (name === "$or") {
      const ways = z.parse(z.array(z.unknown()), wanted).map((way) => compilePattern(way, where));
      return (object) => ways.some((matches) => matches(object));
    }
    const matches = Array.isArray(wanted)
      ? compileValues(wanted, where)
      : compilePattern(wanted, where);
    return (object) => matches(Object(object)[name]);
  });
  const all: Matches = (object) => tests.every((matches) => matches(object));
  return (value) =>
    Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY).some(all) : all(value);
}

/** One of the event's values must match one of the pattern's; a list in an event is any of its values. */
function compileValues(wanted: readonly unknown[], path: string): Matches {
  if (wanted.length === 0) throw new Error(`${path} is empty`);
  const ways = wanted.map((value) => compileValue(value, path));
  return (value) => {
    const leaves = leavesOf(value);
    return ways.some((matches) => matches(leaves));
  };
}

function compileValue(wanted: unknown, path: string): (leaves: readonly Leaf[]) => boolean {
  const scalar = Scalar.safeParse(wanted);
  if (scalar.success) return (leaves) => leaves.includes(scalar.data);
  const operator = Operator.safeParse(wanted);
  if (!operator.success) {
    throw new Error(`${path}: ${JSON.stringify(wanted)} is no filter that runs here`);
  }
  const { exists } = operator.data;
  if (exists !== undefined) return (leaves) => leaves.length > 0 === exists;
  const test = testOf(operator.data, path);
  return (leaves) => leaves.some(test);
}

function testOf(operator: Operator, path: string): Test {
  const { prefix, suffix, numeric, wildcard, cidr, "anything-but": other } = operator;
  if (prefix !== undefined) return affixTest(prefix, (text, affix) => text.startsWith(affix));
  if (suffix !== undefined) return affixTest(suffix, (text, affix) => text.endsWith(affix));
  if (numeric !== undefined) return numericTest(numeric, path);
  if (wildcard !== undefined) return textTest(wildcard, wildcardTest, path);
  if (cidr !== undefined) return textTest(cidr, cidrTest, path);
  if (other !== undefined) return not(other, path);
  return affixTest({ "equals-ignore-case": operator["equals-ignore-case"] ?? [] }, isSame);
}

function not(excluded: NonNullable<Operator["anything-but"]> | null, path: string): Test {
  const isObject = typeof excluded === "object" && excluded !== null && !Array.isArray(excluded);
  if (!isObject) {
    const values = [excluded].flat();
    return (leaf) => !values.includes(leaf);
  }
  const test = testOf(excluded, path);
  return (leaf) => !test(leaf);
}

function affixTest(
  affixes: z.infer<typeof Affix>,
  has: (text: string, affix: string) => boolean,
): Test {
  const ignoresCase = typeof affixes === "object" && !Array.isArray(affixes);
  const fold = (text: string) => (ignoresCase ? text.toLowerCase() : text);
  const wanted = [ignoresCase ? affixes["equals-ignore-case"] : affixes].flat().map(fold);
  return (leaf) => typeof leaf === "string" && wanted.some((affix) => has(fold(leaf), affix));
}

/** One of the texts, as `compile` reads them. */
function textTest(
  given: z.infer<typeof texts>,
  compile: (text: string) => ((leaf: string) => boolean) | undefined,
  path: string,
): Test {
  const tests = [given].flat().map((text) => {
    const test = compile(text);
    if (!test) throw new Error(`${path}: ${JSON.stringify(text)} is no filter that runs here`);
    return test;
  });
  return (leaf) => typeof leaf === "string" && tests.some((test) => test(leaf));
}

function isSame(text: string, other: string): boolean {
  return text === other;
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]`: all comparisons must hold. */
function numericTest(numeric: readonly (string | number)[], path: string): Test {
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < numeric.length; at += 2) {
    const [sign = "", bound] = numeric.slice(at, at + 2);
    const compare = comparisons[sign];
    if (!compare || typeof bound !== "number") {
      throw new Error(`${path}: ${JSON.stringify(numeric)} is no numeric filter`);
    }
    tests.push((value) => compare(value, bound));
  }
  if (tests.length === 0) throw new Error(`${path}: an empty numeric filter`);
  return (leaf) => typeof leaf === "number" && tests.every((test) => test(leaf));
}

function leavesOf(value: unknown): Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  const leaf = leafOf(value);
  return leaf === undefined ? [] : [leaf];
}
