import type { Range } from "dynalite/db/index.js";
import { expect, test } from "vitest";
import { createKnownRanges } from "../../../../local/dynamodb/disk/known-ranges.ts";

const rows = [{ pk: { S: "a" } }];
const range: Range = { gte: "b", lt: "d" };

const writeOf = (key: string) => [{ type: "put" as const, key, value: {} }];

function known(of: Range = range) {
  const ranges = createKnownRanges();
  ranges.reading(of)(rows);
  return ranges;
}

test("knows the rows of a range that was read, and of no other", () => {
  const ranges = known();
  expect(ranges.get({ ...range })).toBe(rows);
  for (const other of [{ limit: 1 }, { reverse: true }, { lt: "c" }, { gte: "a" }]) {
    expect(ranges.get({ ...range, ...other })).toBeUndefined();
  }
});

test.each<[string, Range, string, boolean]>([
  ["at its inclusive start", range, "b", true],
  ["within it", range, "c", true],
  ["at its exclusive end", range, "d", false],
  ["before it", range, "a", false],
  ["at its exclusive start", { gt: "b", lte: "d" }, "b", false],
  ["at its inclusive end", { gt: "b", lte: "d" }, "d", true],
  ["behind it", { gt: "b", lte: "d" }, "e", false],
])("after a write %s", (_, of, key, isForgotten) => {
  const ranges = known(of);
  ranges.forget(writeOf(key));
  expect(ranges.get(of)).toBe(isForgotten ? undefined : rows);
});

test("does not keep what was read while it was written", () => {
  const ranges = createKnownRanges();
  const keep = ranges.reading(range);
  ranges.forget(writeOf("c"));
  keep(rows);
  expect(ranges.get(range)).toBeUndefined();
  const keepAnother = ranges.reading(range);
  ranges.forgetAll();
  keepAnother(rows);
  expect(ranges.get(range)).toBeUndefined();
  const keepLast = ranges.reading(range);
  ranges.forget(writeOf("z"));
  keepLast(rows);
  expect(ranges.get(range)).toBe(rows);
});

test("keeps nothing of a range that is not whole or too large, and forgets all at once", () => {
  const ranges = createKnownRanges();
  ranges.reading(range)(undefined);
  expect(ranges.get(range)).toBeUndefined();
  ranges.reading(range)([{ pk: { S: "x".repeat(100_001) } }]);
  expect(ranges.get(range)).toBeUndefined();
  ranges.reading(range)(rows);
  ranges.forgetAll();
  expect(ranges.get(range)).toBeUndefined();
});
