import { expect, test } from "vitest";
import { compileFilter, type Subject } from "../../../../../shared/domain/filters/filter.ts";
import { rulerCases as cases } from "./cases.ts";
import { differences } from "./differences.ts";

function verdict(pattern: object, event: object): boolean {
  const filter = compileFilter(pattern);
  if (!filter) throw new Error(`cannot be read: ${JSON.stringify(pattern)}`);
  return filter.test(event as Subject) === "matches"; // an object from JSON
}

test("5,000 random patterns and events have Event Ruler's verdict", () => {
  const wrong = cases.filter(
    ([pattern, event, wanted]) => verdict(pattern, event) !== (wanted === 1),
  );
  expect(wrong).toEqual([]);
  expect(cases).toHaveLength(5_000);
});

test("the random cases match often enough, and use every operator, to prove something", () => {
  expect(cases.filter(([, , wanted]) => wanted === 1).length).toBeGreaterThan(1_500);
  const operators = ["prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but"];
  for (const name of [...operators, "numeric", "exists", "cidr", "$or"]) {
    const uses = cases.filter(([pattern]) => JSON.stringify(pattern).includes(`"${name}":`));
    expect([name, uses.length > 200]).toEqual([name, true]);
  }
});

test("the reasons agree with the verdict, and name leaves of the pattern", () => {
  for (const [pattern, event] of cases) {
    const explained = compileFilter(pattern)?.explain(event);
    expect(explained?.verdict === "matches").toBe(verdict(pattern, event));
    expect(explained?.because.length).toBeGreaterThan(0);
  }
});

test.each(differences)("differs from Event Ruler: %s", (_, pattern, event, rulers) => {
  expect(verdict(pattern, event)).toBe(!rulers);
});
