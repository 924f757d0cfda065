import * as z from "zod/mini";
import { tableArn } from "../aws/arn.ts";
import type { Permission } from "../aws/permission.ts";
import { validationError } from "./dynalite-error.ts";
import { operationOf, transactGetInput, transactWriteInput } from "./transaction-input.ts";

const OneTable = z.object({
  TableName: z.string(),
  IndexName: z.optional(z.string()),
});
const SeveralTables = z.object({ RequestItems: z.record(z.string(), z.unknown()) });

const transactActions = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
};

/** The rights that a call needs: transactions are authorised item by item, batches table by table. */
export function permissionsOf(action: string, input: unknown): Permission[] {
  switch (action) {
    case "ListTables":
      return [permission(action, "*")];
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.keys(parsed(SeveralTables, input).RequestItems).map((table) =>
        permission(action, tableArn(table)),
      );
    case "TransactWriteItems":
      return distinct(
        transactWriteInput(input).TransactItems.map((item) => {
          const operation = operationOf(item);
          return permission(transactActions[operation.kind], tableArn(operation.input.TableName));
        }),
      );
    case "TransactGetItems":
      return distinct(
        transactGetInput(input).TransactItems.map(({ Get }) =>
          permission("GetItem", tableArn(Get.TableName)),
        ),
      );
    default: {
      const { TableName, IndexName } = parsed(OneTable, input);
      const table = tableArn(TableName);
      return [permission(action, IndexName ? `${table}/index/${IndexName}` : table)];
    }
  }
}

function permission(action: string, resource: string): Permission {
  return { action: `dynamodb:${action}`, resource };
}

function distinct(permissions: Permission[]): Permission[] {
  const byText = permissions.map((one) => [`${one.action} ${one.resource}`, one] as const);
  return [...new Map(byText).values()];
}

function parsed<S extends z.ZodMiniType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw validationError(z.prettifyError(result.error));
}
