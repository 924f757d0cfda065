import * as z from "zod/mini";
import { tableArn } from "../aws/arn.ts";
import type { Permission } from "../aws/permission.ts";
import { streamArnIn } from "./actions/read-stream.ts";
import { operationOf, transactGetInput, transactWriteInput } from "./actions/transaction-input.ts";
import { validationError } from "./engine/dynalite-error.ts";
import { leadingKeysOf, type PartitionKeyOf } from "./leading-keys.ts";

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
export function permissionsOf(
  action: string,
  input: unknown,
  partitionKeyOf: PartitionKeyOf,
): Permission[] {
  const permission = (
    name: string,
    on: { TableName: string; IndexName?: string },
    call: unknown,
  ) => {
    const { TableName, IndexName } = on;
    const table = tableArn(TableName);
    const leadingKeys = leadingKeysOf(call, partitionKeyOf(TableName, IndexName));
    return {
      action: `dynamodb:${name}`,
      resource: IndexName ? `${table}/index/${IndexName}` : table,
      ...(leadingKeys.length > 0 && { context: { "dynamodb:LeadingKeys": leadingKeys } }),
    };
  };
  switch (action) {
    case "ListTables":
      return [{ action: `dynamodb:${action}`, resource: "*" }];
    case "DescribeStream":
    case "GetShardIterator":
    case "GetRecords":
      return [{ action: `dynamodb:${action}`, resource: streamArnIn(input) ?? "*" }];
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.entries(parsed(SeveralTables, input).RequestItems).map(
        ([TableName, requests]) => permission(action, { TableName }, requests),
      );
    case "TransactWriteItems":
      return distinct(
        transactWriteInput(input).TransactItems.map((item) => {
          const operation = operationOf(item);
          return permission(transactActions[operation.kind], operation.input, operation.input);
        }),
      );
    case "TransactGetItems":
      return distinct(
        transactGetInput(input).TransactItems.map(({ Get }) => permission("GetItem", Get, Get)),
      );
    default:
      return [permission(action, parsed(OneTable, input), input)];
  }
}

function distinct(permissions: Permission[]): Permission[] {
  const byText = permissions.map((one) => [JSON.stringify(one), one] as const);
  return [...new Map(byText).values()];
}

function parsed<S extends z.ZodMiniType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw validationError(z.prettifyError(result.error));
}
