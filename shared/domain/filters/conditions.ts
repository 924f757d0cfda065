import type { Condition, Scalar, Sign } from "../../contract/values/filter-conditions.ts";
import { isInBlock, readBlock } from "../../contract/values/ip-block.ts";

/** A condition that is ready to be asked of leaves. */
export interface Test {
  /** What asking costs at most, in steps of about a hundredth of a microsecond. */
  cost(leaf: Scalar): number;
  holds(leaf: Scalar): boolean;
}

/** The condition on leaves that are there; `exists` is for the whole message to answer. */
export function testOf(condition: Condition): Test {
  switch (condition.kind) {
    case "exact": {
      const values = new Set(condition.values);
      return { cost: () => 1, holds: (leaf) => values.has(leaf) };
    }
    case "prefix":
    case "suffix":
    case "equals":
      return textTest(condition);
    case "wildcard":
      return wildcardTest(condition.patterns);
    case "numeric":
      return numericTest(condition.bounds);
    case "cidr":
      return blockTest(condition.block);
    case "not": {
      const { cost, holds } = testOf(condition.of);
      return { cost, holds: (leaf) => !holds(leaf) };
    }
    case "exists":
      return { cost: () => 1, holds: () => condition.isWanted };
  }
}

/** Characters that native code looks through in one step. */
const charactersPerStep = 8;

type TextCondition = Extract<Condition, { readonly texts: unknown }>;

function textTest({ kind, texts, ignoresCase }: TextCondition): Test {
  const tests = texts.map((wanted) =>
    ignoresCase ? foldedTest(kind, wanted) : plainTest(kind, wanted),
  );
  const characters = texts.reduce((sum, wanted) => sum + wanted.length, 0);
  const cost = texts.length + (ignoresCase ? characters : characters / charactersPerStep);
  return {
    cost: () => cost,
    holds: (leaf) => typeof leaf === "string" && tests.some((test) => test(leaf)),
  };
}

type TextTest = (text: string) => boolean;

function plainTest(kind: TextCondition["kind"], wanted: string): TextTest {
  if (kind === "prefix") return (text) => text.startsWith(wanted);
  if (kind === "suffix") return (text) => text.endsWith(wanted);
  return (text) => text === wanted;
}

/** Each character may stand in the text in its lower or in its upper case, which may be longer. */
function foldedTest(kind: TextCondition["kind"], wanted: string): TextTest {
  const spellings = wanted
    .split("")
    .map((character) => [character.toLowerCase(), character.toUpperCase()] as const);
  if (kind === "suffix") {
    const backwards = spellings.toReversed();
    return (text) => {
      let end = text.length;
      for (const [lower, upper] of backwards) {
        if (text.endsWith(lower, end)) end -= lower.length;
        else if (text.endsWith(upper, end)) end -= upper.length;
        else return false;
      }
      return true;
    };
  }
  return (text) => {
    let at = 0;
    for (const [lower, upper] of spellings) {
      if (text.startsWith(lower, at)) at += lower.length;
      else if (text.startsWith(upper, at)) at += upper.length;
      else return false;
    }
    return kind === "prefix" || at === text.length;
  };
}

function wildcardTest(patterns: readonly (readonly string[])[]): Test {
  const searched = patterns.reduce((sum, parts) => sum + parts.length, 0) / charactersPerStep;
  return {
    cost: (leaf) =>
      typeof leaf === "string" ? patterns.length + leaf.length * searched : patterns.length,
    holds: (leaf) =>
      typeof leaf === "string" && patterns.some((parts) => matchesWildcard(parts, leaf)),
  };
}

/** The first place of each part is as good as any later one, so nothing is tried twice. */
function matchesWildcard(parts: readonly string[], text: string): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

const comparisons: Readonly<Record<Sign, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

function numericTest(bounds: readonly (readonly [Sign, number])[]): Test {
  return {
    cost: () => bounds.length,
    holds: (leaf) =>
      typeof leaf === "number" && bounds.every(([sign, bound]) => comparisons[sign](leaf, bound)),
  };
}

/** An address is read from its text each time. */
const addressSteps = 100;

function blockTest(written: string): Test {
  const block = readBlock(written);
  return {
    cost: () => addressSteps,
    holds: (leaf) => typeof leaf === "string" && block !== undefined && isInBlock(leaf, block),
  };
}
