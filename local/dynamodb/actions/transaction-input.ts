import * as z from "zod/mini";
import { validationError } from "../engine/dynalite-error.ts";

const maxItems = 100;

const Operation = z.looseObject({ TableName: z.string() });

const TransactWriteInput = z.object({
  ClientRequestToken: z.optional(z.string().check(z.minLength(1), z.maxLength(36))),
  TransactItems: z.array(
    z.object({
      Put: z.optional(Operation),
      Update: z.optional(Operation),
      Delete: z.optional(Operation),
      ConditionCheck: z.optional(z.extend(Operation, { ConditionExpression: z.string() })),
    }),
  ),
});

const TransactGetInput = z.object({ TransactItems: z.array(z.object({ Get: Operation })) });

export type TransactWriteInput = z.infer<typeof TransactWriteInput>;
export type TransactGetInput = z.infer<typeof TransactGetInput>;
type TransactWriteItem = TransactWriteInput["TransactItems"][number];

export type TransactOperation = {
  kind: keyof TransactWriteItem;
  input: z.infer<typeof Operation>;
};

export function transactWriteInput(input: unknown): TransactWriteInput {
  return parsed(TransactWriteInput, input);
}

export function transactGetInput(input: unknown): TransactGetInput {
  return parsed(TransactGetInput, input);
}

/** The one operation that an entry of a transaction holds. */
export function operationOf(item: TransactWriteItem): TransactOperation {
  const kinds = ["Put", "Update", "Delete", "ConditionCheck"] as const;
  const operations = kinds.flatMap((kind) => {
    const input = item[kind];
    return input ? [{ kind, input }] : [];
  });
  const [operation, second] = operations;
  if (operation && !second) return operation;
  throw validationError(
    "TransactItems can only contain one of Check, Put, Update or Delete and no more",
  );
}

function parsed<S extends z.ZodMiniType<{ TransactItems: unknown[] }>>(
  schema: S,
  input: unknown,
): z.infer<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw validationError(z.prettifyError(result.error));
  const count = result.data.TransactItems.length;
  if (count >= 1 && count <= maxItems) return result.data;
  throw validationError(
    `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: ` +
      `Member must have length ${count < 1 ? "greater than or equal to 1" : "less than or equal to 100"}`,
  );
}
