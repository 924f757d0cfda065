import { expect, test } from "vitest";
import * as z from "zod/mini";
import { Filter } from "../../../../shared/contract/values/filter.ts";
import { describeIssues } from "../../../../shared/runtime/issues.ts";

/** As a request is told of them. */
function problemsOf(filter: unknown): string[] {
  const { error } = z.safeParse(
    z.strictObject({ filter: Filter }),
    { filter },
    { reportInput: true },
  );
  return describeIssues(error?.issues ?? []).map(
    ({ path, message }) => `${path.replace(/^filter\.?/, "")}: ${message}`,
  );
}

const value = (conditions: unknown[]) => ({ value: { a: conditions } });

test.each([
  [{}, ": must have at least one field"],
  [
    { topic: [1] },
    "topic: is not a field of a message; there are event, productId, contentType, value",
  ],
  [{ event: "a" }, "event: must be a list"],
  [{ event: { a: [1] } }, "event: must be a list"],
  [{ value: "a" }, "value: must be a list or an object"],
  [{ value: {} }, "value: must have at least one field"],
  [{ value: { a: {} } }, "value.a: must have at least one field"],
  [value([]), "value.a: must hold at least one value"],
  [value([[1]]), "value.a.0: must be a string, a number, true, false, null or an operator"],
  [
    value([Number.POSITIVE_INFINITY]),
    "value.a.0: must be a string, a number, true, false, null or an operator",
  ],
  [value([{}]), "value.a.0: must be a string, a number, true, false, null or an operator"],
  [value([{ prefix: "a", suffix: "b" }]), "value.a.0: must have one operator"],
  [value(["x", { prefix: 1 }]), "value.a.1.prefix: must be a string"],
  [value([{ prefix: ["a"] }]), "value.a.0.prefix: must be a string"],
  [
    value([{ suffix: { "equals-ignore-case": 1 } }]),
    "value.a.0.suffix.equals-ignore-case: must be a string",
  ],
  [value([{ "equals-ignore-case": null }]), "value.a.0.equals-ignore-case: must be a string"],
  [
    value([{ wildcard: "a**b" }]),
    "value.a.0.wildcard: has two asterisks at character 2; one is enough",
  ],
  [
    value([{ wildcard: "a\\b" }]),
    "value.a.0.wildcard: has a \\ at character 2 that is not before * or \\",
  ],
  [value([{ exists: "yes" }]), "value.a.0.exists: must be true or false"],
  [
    value([{ cidr: "10.0.0.0" }]),
    "value.a.0.cidr: must be a block of addresses such as 10.0.0.0/24 or 2001:db8::/32",
  ],
  [
    value([{ cidr: "10.0.0.0/33" }]),
    "value.a.0.cidr: must be a block of addresses such as 10.0.0.0/24 or 2001:db8::/32",
  ],
  [
    value([{ numeric: [] }]),
    'value.a.0.numeric: must be a comparison such as ["=", 5], or a range such as [">", 0, "<=", 5]',
  ],
  [
    value([{ numeric: ["<", 5, ">", 1] }]),
    'value.a.0.numeric: must be a comparison such as ["=", 5], or a range such as [">", 0, "<=", 5]',
  ],
  [
    value([{ numeric: [">", "5"] }]),
    'value.a.0.numeric: must be a comparison such as ["=", 5], or a range such as [">", 0, "<=", 5]',
  ],
  [
    value([{ numeric: [">", 5, "<", 5] }]),
    "value.a.0.numeric: must be a range whose second number is larger",
  ],
  [value([{ "anything-but": { prefix: "" } }]), "value.a.0.anything-but.prefix: must not be empty"],
  [
    value([{ "anything-but": { prefix: [1] } }]),
    "value.a.0.anything-but.prefix: must be a string or a list of strings",
  ],
  [{ $or: [{ event: ["a"] }] }, "$or: must be a list of at least two objects"],
  [{ $or: [{ event: ["a"] }, {}] }, "$or.1: must have at least one field"],
  [
    { $or: [{ event: ["a"] }, { x: ["a"] }] },
    "$or.1.x: is not a field of a message; there are event, productId, contentType, value",
  ],
] as const)("refuses %j and names where it is wrong", (filter, problem) => {
  expect(problemsOf(filter)).toEqual([problem]);
});

test.each([
  [true],
  [null],
  [[]],
  [["a", 1]],
  [{ suffix: "a", prefix: "b" }],
  [{ numeric: ["=", 1] }],
])("anything-but does not take %j", (argument) => {
  const names = "prefix, suffix, equals-ignore-case, wildcard";
  expect(problemsOf(value([{ "anything-but": argument }]))).toEqual([
    `value.a.0.anything-but: must be a string, a number, a list of either, or one of the operators ${names}`,
  ]);
});

test("an unknown operator is answered with those that there are", () => {
  expect(problemsOf(value([{ regex: ".*" }]))).toEqual([
    "value.a.0.regex: is not an operator; there are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr",
  ]);
  expect(problemsOf(value([{ constructor: 1 }]))).toHaveLength(1);
});

test("every mistake is named at once", () => {
  const filter = { event: [{ prefix: 1 }], value: { a: [], b: { c: [{ foo: 1 }] } } };
  expect(problemsOf(filter).map((problem) => problem.split(":")[0])).toEqual([
    "event.0.prefix",
    "value.a",
    "value.b.c.0.foo",
  ]);
});

test("takes 100 leaves, 8 levels and 4,096 characters, and no more", () => {
  const leaves = (count: number) => ({
    value: Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, [1]])),
  });
  expect(problemsOf(leaves(100))).toEqual([]);
  expect(problemsOf(leaves(101))).toEqual([": must have at most 100 leaves, and has 101"]);

  const deep = (levels: number): object => (levels === 1 ? { a: [1] } : { a: deep(levels - 1) });
  expect(problemsOf({ value: deep(7) })).toEqual([]);
  expect(problemsOf({ value: deep(8) })).toEqual([
    "value.a.a.a.a.a.a.a: must have at most 8 levels of objects",
  ]);
  expect(problemsOf({ value: deep(5_000) })).toHaveLength(1);

  const long = (characters: number) => ({ event: ["x".repeat(characters - 14)] });
  expect(JSON.stringify(long(4_096))).toHaveLength(4_096);
  expect(problemsOf(long(4_096))).toEqual([]);
  expect(problemsOf(long(4_097))).toEqual([
    ": must have at most 4096 characters as JSON, and has 4097",
  ]);
});

test("alternatives are a level each", () => {
  const or = (levels: number): object =>
    levels === 1 ? { event: [1] } : { $or: [or(levels - 1), { event: [2] }] };
  expect(problemsOf(or(8))).toEqual([]);
  const deepest = problemsOf(or(9)).map((problem) => problem.split(": ")[1]);
  expect(new Set(deepest)).toEqual(new Set(["must have at most 8 levels of objects"]));
});

test("what is no object is no filter", () => {
  expect([5, null, "x", [{}]].map((filter) => problemsOf(filter).length)).toEqual([1, 1, 1, 1]);
});
