import type { ErrorDetail } from "../../contract/errors.ts";
import { faultsOf } from "./check-value.ts";
import type { EventTypeRecord } from "./event-type-record.ts";
import { openSchema } from "./schema-parts.ts";

const maxExampleBytes = 65_536;

/** What is wrong with the examples of a type: its own schema must accept each of them. */
export function exampleProblems(
  { schema, examples }: Pick<EventTypeRecord, "schema" | "examples">,
  path = "examples",
): ErrorDetail[] {
  if (Buffer.byteLength(JSON.stringify(examples)) > maxExampleBytes) {
    return [{ path, message: `must have at most ${maxExampleBytes} bytes in all` }];
  }
  if (schema === null) return [];
  const open = openSchema(schema);
  return examples.flatMap((example, index) =>
    faultsOf(open, example, Buffer.byteLength(JSON.stringify(example))).map((fault) => ({
      path: [path, index, ...fault.path].join("."),
      message: fault.message,
    })),
  );
}
