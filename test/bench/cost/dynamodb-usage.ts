import * as z from "zod/mini";
import { itemBytes } from "../../../local/dynamodb/engine/item-size.ts";
import type { AwsAnswer, AwsCall } from "../../faults/run/aws-proxy.ts";
import { Row } from "./dynamodb-input.ts";
import type { StoredRows } from "./stored-rows.ts";
import { noUsage, type Usage } from "./usage.ts";

const readUnitBytes = 4096;

const ByKey = z.object({
  TableName: z.string(),
  Key: Row,
  ConsistentRead: z.optional(z.boolean()),
});
const Put = z.object({ TableName: z.string(), Item: Row });
const BatchWrite = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.optional(z.object({ Item: Row })),
        DeleteRequest: z.optional(z.object({ Key: Row })),
      }),
    ),
  ),
});
const BatchGet = z.object({
  RequestItems: z.record(
    z.string(),
    z.object({ Keys: z.array(Row), ConsistentRead: z.optional(z.boolean()) }),
  ),
});
const Transaction = z.object({
  TransactItems: z.array(z.object({ Put: z.optional(Put), Delete: z.optional(ByKey) })),
});
const Consistency = z.object({ ConsistentRead: z.optional(z.boolean()) });
const Answer = z.object({
  Item: z.optional(Row),
  Items: z._default(z.array(Row), []),
  Attributes: z.optional(Row),
  Responses: z._default(z.record(z.string(), z.array(Row)), {}),
});

/** What DynamoDB bills of one call that succeeded. */
export function dynamoDbUsage(
  { action, input }: AwsCall,
  { body }: AwsAnswer,
  rows: StoredRows,
): Usage {
  const answer = Answer.parse(JSON.parse(body));
  switch (action) {
    case "GetItem":
      return reading(units(answer.Item ? [answer.Item] : [], input));
    case "Query":
      return reading(units(answer.Items, input));
    case "BatchGetItem":
      return reading(batchUnits(BatchGet.parse(input).RequestItems, answer.Responses));
    case "PutItem": {
      const { TableName, Item } = Put.parse(input);
      return writing(rows.change(TableName, Item, Item));
    }
    case "UpdateItem": {
      const { TableName, Key } = ByKey.parse(input);
      return writing(rows.change(TableName, Key, answer.Attributes));
    }
    case "DeleteItem": {
      const { TableName, Key } = ByKey.parse(input);
      return writing(rows.change(TableName, Key, undefined));
    }
    case "BatchWriteItem": {
      const changes = Object.entries(BatchWrite.parse(input).RequestItems).flatMap(
        ([table, requests]) =>
          requests.map(({ PutRequest, DeleteRequest }) =>
            rows.change(table, PutRequest?.Item ?? DeleteRequest?.Key ?? {}, PutRequest?.Item),
          ),
      );
      return writing(sum(changes));
    }
    case "TransactWriteItems": {
      const changes = Transaction.parse(input).TransactItems.map(({ Put: put, Delete: gone }) =>
        rows.change(
          put?.TableName ?? gone?.TableName ?? "",
          put?.Item ?? gone?.Key ?? {},
          put?.Item,
        ),
      );
      return writing(2 * sum(changes));
    }
    default:
      throw new Error(`nobody has told what ${action} costs`);
  }
}

function reading(readUnits: number): Usage {
  return { ...noUsage, calls: 1, readUnits };
}

function writing(writeUnits: number): Usage {
  return { ...noUsage, calls: 1, writeUnits };
}

/** Rows that one read answers are added up before they are rounded; no row costs as much as a small one. */
function units(rows: Row[], input: unknown): number {
  const { ConsistentRead } = Consistency.parse(input);
  const bytes = sum(rows.map(itemBytes));
  return Math.max(1, Math.ceil(bytes / readUnitBytes)) * (ConsistentRead ? 1 : 0.5);
}

/** Every row of a batch is rounded by itself, and a missing one is paid for as well. */
function batchUnits(
  wanted: z.infer<typeof BatchGet>["RequestItems"],
  found: Record<string, Row[]>,
): number {
  return sum(
    Object.entries(wanted).map(([table, request]) => {
      const rows = found[table] ?? [];
      const missing = request.Keys.length - rows.length;
      return sum(rows.map((row) => units([row], request))) + missing * units([], request);
    }),
  );
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
