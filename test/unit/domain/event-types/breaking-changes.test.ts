import { expect, test } from "vitest";
import { breakingChanges } from "../../../../shared/domain/event-types/breaking-changes.ts";
import type { Schema } from "../../../../shared/domain/event-types/schema-parts.ts";

function told(old: Schema, next: Schema | null): string[] {
  return breakingChanges(old, next).map(({ path, change, affects, message }) =>
    [path, change, affects, message].join("; "),
  );
}

const order = {
  type: "object",
  properties: { amount: { type: "integer", minimum: 1 }, state: { enum: ["open", "paid"] } },
  required: ["amount"],
};
const withProperty = (name: string, schema: Schema) => ({
  ...order,
  properties: { ...order.properties, [name]: schema },
});

test.each<[string, Schema, Schema | null, string[]]>([
  ["nothing", order, structuredClone(order), []],
  ["words about it", order, { ...order, title: "Order", description: "x", examples: [1] }, []],
  ["a further property", order, withProperty("note", { type: "string" }), []],
  [
    "a property that is gone, though it was required",
    order,
    { ...order, properties: { state: order.properties.state }, required: [] },
    ["value.amount; removed; receivers; is not described any longer"],
  ],
  [
    "a property that is not required any longer",
    order,
    { ...order, required: [] },
    ["value.amount; optional; receivers; was required and may be absent"],
  ],
  [
    "a property that is required now",
    order,
    { ...order, required: ["amount", "state"] },
    ["value.state; required; publishers; is required now"],
  ],
  [
    "a wider type: receivers get what they have not seen",
    order,
    withProperty("amount", { type: "number", minimum: 1 }),
    ["value.amount; type; receivers; was integer and may be number"],
  ],
  [
    "another type: both sides",
    order,
    withProperty("amount", { type: "string", minimum: 1 }),
    [
      "value.amount; type; receivers; was integer and may be string",
      "value.amount; narrowed; publishers; was integer and must be string",
    ],
  ],
  [
    "a choice more and a choice less",
    order,
    withProperty("state", { enum: ["paid", "lost"] }),
    [
      'value.state; widened; receivers; may also be "lost"',
      'value.state; narrowed; publishers; must not be "open" any longer',
    ],
  ],
  [
    "one choice as a const",
    order,
    withProperty("state", { const: "paid" }),
    ['value.state; narrowed; publishers; must not be "open" any longer'],
  ],
  [
    "a tighter bound",
    order,
    withProperty("amount", { type: "integer", minimum: 5 }),
    ["value.amount; narrowed; publishers; minimum was 1 and is 5"],
  ],
  [
    "a bound that is gone",
    order,
    withProperty("amount", { type: "integer" }),
    ["value.amount; widened; receivers; minimum was 1 and is none"],
  ],
  [
    "no further properties",
    order,
    { ...order, additionalProperties: false },
    ["value.*; narrowed; publishers; must have no others"],
  ],
  [
    "items, at every depth",
    { items: { properties: { sku: { maxLength: 9 } } } },
    { items: { properties: { sku: { maxLength: 8 } } } },
    ["value.*.sku; narrowed; publishers; maxLength was 9 and is 8"],
  ],
  [
    "a keyword that is not looked into",
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
    ["value; other; receivers; format has changed"],
  ],
  [
    "a schema that is taken away",
    { type: "string" },
    null,
    ["value; type; receivers; was string and may be anything"],
  ],
  ["a schema that accepts nothing", true, false, ["value; other; receivers; not has changed"]],
])("%s", (_, old, next, changes) => {
  expect(told(old, next)).toEqual(changes);
});

test("what is behind a reference is compared, and a schema that refers to itself once", () => {
  const tree = (minimum: number) => ({
    $ref: "#/$defs/node",
    $defs: {
      node: { properties: { size: { minimum }, left: { $ref: "#/$defs/node" } } },
    },
  });
  expect(told(tree(1), tree(2))).toEqual([
    "value.size; narrowed; publishers; minimum was 1 and is 2",
  ]);
  const inPlace = { properties: { size: { minimum: 1 }, left: { $ref: "#" } } };
  expect(told({ $ref: "#/$defs/a", $defs: { a: { minimum: 1 } } }, { minimum: 1 })).toEqual([]);
  expect(told(inPlace, structuredClone(inPlace))).toEqual([]);
});

test("no more than a hundred changes are told", () => {
  const names = Array.from({ length: 150 }, (_, n) => `k${n}`);
  const old = { properties: Object.fromEntries(names.map((name) => [name, true])) };
  expect(told(old, {})).toHaveLength(100);
});
