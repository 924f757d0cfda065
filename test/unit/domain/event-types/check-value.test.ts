import { expect, test } from "vitest";
import { faultsOf } from "../../../../shared/domain/event-types/check-value.ts";
import { openSchema, type Schema } from "../../../../shared/domain/event-types/schema-parts.ts";
import { schemaProblems } from "../../../../shared/domain/event-types/schema-problems.ts";

function told(schema: Schema, value: unknown): string[] {
  expect(schemaProblems(schema)).toEqual([]);
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return faultsOf(openSchema(schema), value, bytes).map(({ path, message }) =>
    [...path, message].join(" "),
  );
}

test("every fault is told with its place", () => {
  const schema = {
    type: "object",
    required: ["id"],
    properties: {
      amount: { type: "integer", minimum: 1, multipleOf: 0.1 },
      state: { enum: ["open", "paid"] },
      lines: { type: "array", maxItems: 1, uniqueItems: true, items: { $ref: "#/$defs/line" } },
    },
    additionalProperties: false,
    $defs: { line: { properties: { sku: { type: "string", pattern: "^[A-Z]+$", maxLength: 3 } } } },
  };
  const line = { sku: "abcd" };
  expect(told(schema, { amount: 0.5, state: "lost", lines: [line, line], other: 1 })).toEqual([
    "id is required",
    "amount must be an integer",
    "amount must be at least 1",
    'state must be one of "open", "paid"',
    "lines must have at most 1 items",
    "lines must not repeat an item",
    'lines 0 sku must match "^[A-Z]+$"',
    "lines 0 sku must have at most 3 characters",
    'lines 1 sku must match "^[A-Z]+$"',
    "lines 1 sku must have at most 3 characters",
    "other is not allowed",
  ]);
});

test("names of an object's own are no keywords and no properties", () => {
  expect(told({ properties: { constructor: { type: "string" } } }, { toString: 1 })).toEqual([]);
  expect(told({ required: ["constructor"] }, {})).toEqual(["constructor is required"]);
  expect(told({ constructor: 1, toString: 2 } as unknown as Schema, {})).toEqual([]);
});

test("formats say something of a value and ask nothing of it, as 2020-12 has it", () => {
  expect(told({ format: "email" }, "not an address")).toEqual([]);
});

/** Schemas and values on which a plain validator takes exponential time, or more stack than there is. */
const doubled = Object.fromEntries(
  Array.from({ length: 60 }, (_, n) => [
    `d${n}`,
    { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
  ]),
);
const hostile: [string, Schema, unknown][] = [
  [
    "references that double sixty times",
    { $ref: "#/$defs/d0", $defs: { ...doubled, d60: true } },
    1,
  ],
  [
    "a value as deep as it can be",
    { items: { $ref: "#" } },
    JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`),
  ],
];

/** Names that a value or a schema has, each with this. */
const names = (count: number, content: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, content]));
/** Schemas whose work is in what they list, or in what the value does: every name of it is a step. */
const listing: [string, Schema, unknown][] = [
  ["names to depend on", { dependentRequired: names(3_000, []) }, {}],
  ["schemas to depend on", { dependentSchemas: names(3_000, true) }, {}],
  ["patterns of names", { patternProperties: names(3_000, true) }, {}],
  ["properties", { properties: names(3_000, true) }, {}],
  ["required names", { not: { required: Object.keys(names(3_000, true)) } }, {}],
  ["choices", { not: { enum: Object.keys(names(3_000, true)) } }, 1],
  ["an object to equal", { not: { const: names(3_000, 1) } }, { k1: 1 }],
  ["most properties", { maxProperties: 5_000 }, names(3_000, 1)],
  ["least properties", { minProperties: 1 }, names(3_000, 1)],
  ["further properties", { additionalProperties: true }, names(3_000, 1)],
  ["multiples", { allOf: Array(1_000).fill({ multipleOf: 0.1 }) }, 1e300],
];
hostile.push(
  ...listing.map(([what, items, value]): [string, Schema, unknown] => {
    return [`${what} for each item`, { items }, Array(1_000).fill(value)];
  }),
);

test.each(hostile)("%s ends a check, and is a fault", (_, schema, value) => {
  const faults = faultsOf(openSchema(schema), value, 1_000);
  expect(faults.map(({ message }) => message)).toEqual([
    "takes too many steps to check, or nests too deep",
  ]);
});

test("what is only long is checked: 130,000 unlike items, a text of 260,000 characters", () => {
  const items = Array.from({ length: 40_000 }, (_, n) => n);
  expect(told({ uniqueItems: true, items: { type: "integer" } }, items)).toEqual([]);
  // Each item was once compared after a copy of all before it.
  expect(told({ unevaluatedItems: true }, Array(130_000).fill(1))).toEqual([]);
  expect(told({ pattern: "^(a+)+$" }, `${"a".repeat(260_000)}`)).toEqual([]);
  expect(told({ pattern: "^(a+)+$" }, `${"a".repeat(260_000)}!`)).toHaveLength(1);
});

test("what others have looked at is evaluated, and every fault of the rest is told", () => {
  const schema = {
    properties: { a: true },
    anyOf: [{ properties: { b: { type: "integer" } } }, { properties: { c: true } }],
    unevaluatedProperties: false,
  };
  expect(told(schema, { a: 1, b: 2, c: 3 })).toEqual([]);
  expect(told(schema, { a: 1, b: "x", d: 1, e: 1 })).toEqual([
    ...["b is not allowed", "d is not allowed", "e is not allowed"],
  ]);
  const list = { prefixItems: [true], contains: { const: 7 }, unevaluatedItems: { type: "null" } };
  expect(told(list, [1, 7, null])).toEqual([]);
  expect(told(list, [1, 7, 2, 3])).toEqual(["2 must be null", "3 must be null"]);
});

test("no more than a hundred faults are told", () => {
  expect(told({ items: false }, Array(500).fill(1))).toHaveLength(100);
});

test.each<[string, unknown, string]>([
  ["another document", { $ref: "https://example.com/s.json" }, "schema.$ref"],
  ["a part that is not there", { $ref: "#/$defs/none" }, "schema.$ref"],
  ["a loop", { allOf: [{ $ref: "#" }] }, "schema"],
  ["another version", { $schema: "http://json-schema.org/draft-07/schema#" }, "schema.$schema"],
  ["a resource within", { $defs: { a: { $id: "x" } } }, "schema.$defs.a.$id"],
  ["a pattern that looks back", { items: { pattern: "(a)\\1" } }, "schema.items.pattern"],
  ["such a name", { patternProperties: { "(?=a)": {} } }, "schema.patternProperties.(?=a)"],
  ["a type that is none", { type: "int" }, "schema.type"],
  ["a list of items, as of old", { items: [{}] }, "schema.items"],
  ["a bound that is no number", { minimum: "1" }, "schema.minimum"],
  ["an empty choice", { anyOf: [] }, "schema.anyOf"],
  ["no schema at all", "string", "schema"],
  ["more than 64 KiB", { description: "x".repeat(65_536) }, "schema"],
  ["an abyss", JSON.parse(`${'{"not":'.repeat(200)}{}${"}".repeat(200)}`), "schema"],
])("a schema with %s is refused at its place", (_, schema, path) => {
  const paths = schemaProblems(schema).map((problem) => problem.path);
  expect(paths).toContain(path);
});

test("a name that refers to itself through a value is no loop", () => {
  const tree = { properties: { left: { $ref: "#" }, right: { $ref: "#" } } };
  expect(told(tree, { left: { right: { left: {} } } })).toEqual([]);
});

test("data that looks like keywords is data", () => {
  const data = { $ref: "https://example.com", type: "int" };
  expect(told({ enum: [data], default: data, examples: [data] }, data)).toEqual([]);
});
