import fc from "fast-check";
import type { Schema } from "../../../../shared/domain/event-types/schema-parts.ts";

/** Few, so that what a schema says of a name or a number is about names and numbers that values have. */
const name = fc.constantFrom("a", "b", "ab", "constructor");
const small = fc.nat(4);
const number = fc.oneof(fc.integer({ min: -4, max: 6 }), fc.constantFrom(0.5, 2.5, -1.5));
const text = fc.constantFrom("", "a", "b", "ab", "aab", "ä", "😀", "a b", "2024-01-24");
const leaf = fc.oneof(number, text, fc.boolean(), fc.constant(null));

export const { value } = fc.letrec<{ value: unknown; list: unknown[]; object: object }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

const pattern = fc.constantFrom(
  "^a",
  "b$",
  "^(a|b)+$",
  "^.$",
  "[^a]",
  "\\d{4}-\\d\\d",
  "^\\p{L}*$",
);
const typeName = fc.constantFrom(
  ...["null", "boolean", "number", "integer", "string", "array", "object"],
);
const names = fc.uniqueArray(name, { maxLength: 3 });
const branches = ["if", "then", "else"];
/** Parts of the definitions below lead to the next ones alone, so that no schema refers to itself. */
const definitions = 3;
const reference = (after: number) =>
  after + 1 < definitions
    ? fc.integer({ min: after + 1, max: definitions - 1 }).map((n) => `#/$defs/d${n}`)
    : fc.constant("#/$defs/last");

function partAfter(definition: number): fc.Arbitrary<Schema> {
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => {
    const part = tie("schema");
    const parts = fc.array(part, { minLength: 1, maxLength: 3 });
    const named = fc.dictionary(name, part, { maxKeys: 3, noNullPrototype: true });
    const keywords = {
      type: fc.oneof(typeName, fc.uniqueArray(typeName, { minLength: 1, maxLength: 3 })),
      enum: fc.uniqueArray(value, { minLength: 1, maxLength: 4, selector: JSON.stringify }),
      const: value,
      minimum: number,
      maximum: number,
      exclusiveMinimum: number,
      exclusiveMaximum: number,
      multipleOf: fc.constantFrom(1, 2, 3, 0.5),
      minLength: small,
      maxLength: small,
      pattern,
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
      prefixItems: parts,
      items: part,
      required: names,
      minProperties: small,
      maxProperties: small,
      properties: named,
      patternProperties: fc.dictionary(pattern, part, { maxKeys: 2, noNullPrototype: true }),
      additionalProperties: part,
      propertyNames: part,
      dependentRequired: fc.dictionary(name, names, { maxKeys: 2, noNullPrototype: true }),
      dependentSchemas: named,
      allOf: parts,
      anyOf: parts,
      oneOf: parts,
      not: part,
      $ref: reference(definition),
    };
    const one = fc.oneof(
      ...Object.entries<fc.Arbitrary<unknown>>(keywords).map(([keyword, rule]) =>
        rule.map((content): Schema => ({ [keyword]: content })),
      ),
      counted(part),
      fc
        .tuple(part, part, part)
        .map((three): Schema => Object.fromEntries(branches.map((name, n) => [name, three[n]]))),
    );
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthSize: "small" },
        fc.boolean(),
        fc
          .array(one, { minLength: 1, maxLength: 4 })
          .map((all): Schema => Object.assign({}, ...all)),
      ),
    };
  });
  return schema;
}

/** Alone in its part: beside prefixItems ajv takes an empty list for one that contains something. */
function counted(part: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  const bounds = fc.option(fc.tuple(small, small), { nil: undefined });
  return fc.tuple(part, bounds).map(([contains, given]) => {
    const [minContains = 0, more = 0] = given ?? [];
    const counts = given && { minContains, maxContains: minContains + more };
    return { allOf: [{ contains, ...counts }] };
  });
}

const parts = Array.from({ length: definitions }, (_, n) => partAfter(n));

/**
 * A schema together with the definitions to which it refers. Of the keywords that the catalogue takes it has all but
 * `unevaluated…`: ajv is wrong about those too often to be a judge of them.
 */
export const schema = fc.tuple(partAfter(-1), fc.tuple(...parts)).map(
  ([root, defined]): Schema => ({
    ...(typeof root === "boolean" ? { allOf: [root] } : root),
    $defs: {
      ...Object.fromEntries(defined.map((part, n) => [`d${n}`, part])),
      last: { type: ["string", "object"] },
    },
  }),
);
