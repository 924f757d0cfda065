import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOf } from "../../../../shared/domain/event-types/check-value.ts";
import { openSchema } from "../../../../shared/domain/event-types/schema-parts.ts";
import { schemaProblems } from "../../../../shared/domain/event-types/schema-problems.ts";
import { schema, value } from "./arbitraries.ts";

/** Undefined where its own code breaks, as with patternProperties beside an anyOf with properties. */
function verdictOf(validate: ValidateFunction, one: unknown): boolean | undefined {
  try {
    return validate(one);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

test("a value is accepted where ajv, which compiles schemas, accepts it, and nowhere else", () => {
  const counts = { accepted: 0, refused: 0 };
  const values = fc.array(value, { minLength: 5, maxLength: 10 });
  fc.assert(
    fc.property(schema, values, (schema, values) => {
      expect(schemaProblems(schema)).toEqual([]);
      const open = openSchema(schema);
      const ajv = new Ajv2020({ strict: false, ownProperties: true, logger: false });
      const validate = ajv.compile(schema);
      for (const one of values) {
        const isAccepted = faultsOf(open, one, JSON.stringify(one).length).length === 0;
        const byAjv = verdictOf(validate, one);
        if (byAjv === undefined) continue;
        counts[isAccepted ? "accepted" : "refused"] += 1;
        expect(isAccepted).toBe(byAjv);
      }
    }),
    { numRuns: 300 },
  );
  // Schemas that accept nothing would agree, too.
  expect(counts.accepted).toBeGreaterThan(300);
  expect(counts.refused).toBeGreaterThan(300);
});
