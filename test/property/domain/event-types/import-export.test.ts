import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changedFields,
  changeEventType,
} from "../../../../shared/domain/event-types/event-type-record.ts";
import { openApiOf } from "../../../../shared/domain/event-types/openapi-export.ts";
import {
  type ImportedType,
  readOpenApi,
} from "../../../../shared/domain/event-types/openapi-import.ts";
import type { Schema } from "../../../../shared/domain/event-types/schema-parts.ts";
import { schema, value } from "./arbitraries.ts";

const text = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(..."aé/~%#😀 \n") });
/** Topics may hold what pointers and fragments escape. */
const name = fc.record({
  topicName: fc.constantFrom("paid", "a.b", "t-1", "T_2"),
  event: fc.constantFrom(7, 101, "paid", "invoice.paid", "a_b.c-d"),
});
/** A schema that refers to itself by names of its own. */
const anchored: Schema = {
  $anchor: "top",
  properties: { next: { $ref: "#top" }, other: { $dynamicRef: "#part" } },
  $defs: { part: { $dynamicAnchor: "part", type: "string" } },
};
const recursive: Schema = {
  properties: { "a/b~c%": { $ref: "#" }, d: { $ref: "#/properties/a~1b~0c%25" } },
};
const body = fc.record(
  {
    description: text,
    group: text,
    status: fc.constantFrom("active" as const, "deprecated" as const, "archived" as const),
    validate: fc.constantFrom("off" as const, "warn" as const, "enforce" as const),
    audience: fc.uniqueArray(fc.constantFrom("partners", "x"), { maxLength: 2 }),
    schema: fc.oneof(schema, fc.boolean(), fc.constantFrom(anchored, recursive)),
    examples: fc.array(value, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const catalogue = fc.uniqueArray(fc.tuple(name, body), {
  maxLength: 6,
  selector: ([{ topicName, event }]) => `${topicName}/${event}`,
});

test("what was exported is imported as it was, whether it is there, is not, or is another", () => {
  fc.assert(
    fc.property(catalogue, body, (all, other) => {
      const types = all.map(([name, given]) => changeEventType(undefined, name, given, 0));
      const document = JSON.parse(JSON.stringify(openApiOf(types)));
      const read = readOpenApi(document, "default");
      expect(read.problems).toEqual([]);
      expect(read.types).toHaveLength(types.length);
      for (const type of types) {
        const { topicName, event } = type.facts;
        const isIt = ({ name }: ImportedType) =>
          name.topicName === topicName && name.event === event;
        const { name, body } = read.types.find(isIt) ?? expect.fail("it is not in the document");
        for (const previous of [undefined, type, changeEventType(undefined, name, other, 0)]) {
          expect(changedFields(type, changeEventType(previous, name, body, 1))).toEqual([]);
        }
        // What is there already is not written anew.
        expect(changeEventType(type, name, body, 1)).toBe(type);
      }
    }),
    { numRuns: 300 },
  );
});
