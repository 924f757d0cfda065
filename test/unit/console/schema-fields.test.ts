import { expect, test } from "vitest";
import { fieldsOf } from "../../../console/state/event-types/schema-fields.ts";

test("names fields with their types, and says which are always there", () => {
  const schema = {
    type: "object",
    required: ["id"],
    properties: {
      id: { type: "string", format: "uuid", description: "Of the order." },
      state: { enum: ["open", "paid"] },
      amount: { type: ["number", "null"] },
      kind: { const: "order" },
    },
  };
  expect(fieldsOf(schema)).toEqual([
    { path: "id", type: "string (uuid)", meaning: "Of the order.", isRequired: true },
    { path: "state", type: '"open" | "paid"', meaning: "", isRequired: false },
    { path: "amount", type: "number | null", meaning: "", isRequired: false },
    { path: "kind", type: '"order"', meaning: "", isRequired: false },
  ]);
});

test("follows objects and arrays", () => {
  const sku = { type: "string" };
  const schema = {
    properties: {
      customer: { type: "object", properties: { name: { type: "string" } } },
      items: { type: "array", items: { type: "object", properties: { sku } } },
    },
  };
  expect(fieldsOf(schema).map(({ path, type }) => `${path}: ${type}`)).toEqual([
    "customer: object",
    "customer.name: string",
    "items: object[]",
    "items[].sku: string",
  ]);
});

test.each([null, undefined, true, 7, "text", [], { properties: 7 }, { items: [] }])(
  "has no fields for %j",
  (schema) => expect(fieldsOf(schema)).toEqual([]),
);

test("ends where a schema goes on for ever", () => {
  const schema: Record<string, unknown> = {};
  schema.properties = { next: schema };
  expect(fieldsOf(schema)).toHaveLength(4);
});
