import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFilter } from "../../../shared/domain/filters/filter.ts";

type Fields = Record<string, unknown>;

const leaf = fc.oneof(
  fc.constantFrom("", "a", "ab", "b", "10.0.0.1"),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  fc.constant(null),
);
const name = fc.constantFrom("a", "b", "c", "__proto__", "constructor");
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  ),
}));

const texts = fc.constantFrom("a", "b", "ab");
const excluded = fc.oneof(
  texts,
  fc.array(texts, { minLength: 1, maxLength: 3 }),
  fc.integer({ min: -3, max: 3 }),
);
const condition = fc.oneof(
  leaf,
  fc.record({ prefix: texts }),
  fc.record({ wildcard: fc.constantFrom("a*", "*b", "*a*") }),
  fc.record({ "anything-but": excluded }),
  fc.record({ numeric: fc.constantFrom([">", 0], ["<=", 1], [">=", -1, "<", 2]) }),
  fc.record({ exists: fc.boolean() }),
);
const conditions = fc.array(condition, { minLength: 1, maxLength: 3 });
const fields: fc.Arbitrary<Fields> = fc.dictionary(
  fc.constantFrom("a", "b", "c"),
  fc.oneof(
    conditions,
    fc.dictionary(fc.constantFrom("a", "b"), conditions, { minKeys: 1, maxKeys: 2 }),
  ),
  { minKeys: 1, maxKeys: 3 },
);

function matches(filter: Fields, published: unknown): boolean {
  const compiled = compileFilter(filter);
  if (!compiled) throw new Error(`no filter: ${JSON.stringify(filter)}`);
  return compiled.test({ value: published }) === "matches";
}
const asks = (wanted: unknown, published: unknown) =>
  matches({ value: wanted as Fields }, published);

test("anything-but is the complement among leaves that are there", () => {
  fc.assert(
    fc.property(excluded, leaf, (but, published) => {
      const exact = [but].flat();
      expect(asks([{ "anything-but": but }], published)).toBe(!asks(exact, published));
    }),
  );
});

test("a list of conditions is the alternative of each", () => {
  fc.assert(
    fc.property(conditions, value, (list, published) => {
      const each = list.some((one) => asks({ a: [one] }, published));
      // Of a list of objects, different elements may meet different conditions.
      expect(asks({ a: list }, published)).toBe(each);
    }),
  );
});

test("$or commutes, and is true where one of its ways is", () => {
  fc.assert(
    fc.property(fields, fields, value, (left, right, published) => {
      const [a, b] = [{ value: left }, { value: right }];
      const either = matches({ $or: [a, b] }, published);
      expect(matches({ $or: [b, a] }, published)).toBe(either);
      expect(either).toBe(matches(a, published) || matches(b, published));
    }),
  );
});

const turned = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map(turned);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([key, one]) => [key, turned(one)]),
  );
};

test("the order of fields does not matter, in the filter or in the value", () => {
  fc.assert(
    fc.property(fields, value, (wanted, published) => {
      expect(asks(turned(wanted), turned(published))).toBe(asks(wanted, published));
    }),
  );
});

test("a further field never makes a filter match more", () => {
  fc.assert(
    fc.property(fields, fields, value, (wanted, more, published) => {
      if (asks({ ...more, ...wanted }, published)) expect(asks(wanted, published)).toBe(true);
    }),
  );
});

test("exists is true or false, and never both", () => {
  fc.assert(
    fc.property(value, (published) => {
      const isThere = asks({ a: [{ exists: true }] }, published);
      expect(asks({ a: [{ exists: false }] }, published)).toBe(!isThere);
    }),
  );
});

test("reasons are given for whatever the verdict is", () => {
  fc.assert(
    fc.property(fields, value, (wanted, published) => {
      const explained = compileFilter({ value: wanted })?.explain({ value: published });
      expect(explained?.verdict === "matches").toBe(asks(wanted, published));
      expect(explained?.because).not.toEqual([]);
    }),
  );
});
