import describeTable from "dynalite/actions/describeTable.js";
import describeTableRules from "dynalite/validations/describeTable.js";
import * as z from "zod/mini";
import { AwsError } from "../../aws/aws-error.ts";
import type { Tables } from "../engine/tables.ts";
import { validated } from "../engine/validated.ts";
import { batchWriteItem } from "./batch-write-item.ts";
import { createTable } from "./create-table.ts";
import { deleteTable } from "./delete-table.ts";
import { listTables } from "./list-tables.ts";
import { batchGetItem, getItem, query, readItems, scan } from "./read-items.ts";
import { describeStream, getRecords, getShardIterator } from "./read-stream.ts";
import { runAction } from "./run-action.ts";
import { describeTimeToLive, updateTimeToLive } from "./time-to-live.ts";
import { transactGetItems } from "./transact-get-items.ts";
import { transactWriteItems } from "./transact-write-items.ts";
import { updateTable } from "./update-table.ts";
import { deleteItem, putItem, updateItem, writeItem } from "./write-item.ts";

type Run = (tables: Tables, input: object) => object | Promise<object>;

const TableInput = z.object({ TableName: z.string() });

const actions: Record<string, Run> = {
  PutItem: (tables, input) => writeItem(tables, putItem, input),
  UpdateItem: (tables, input) => writeItem(tables, updateItem, input),
  DeleteItem: (tables, input) => writeItem(tables, deleteItem, input),
  BatchWriteItem: batchWriteItem,
  TransactWriteItems: transactWriteItems,
  GetItem: (tables, input) => readItems(tables, getItem, input),
  BatchGetItem: (tables, input) => readItems(tables, batchGetItem, input),
  TransactGetItems: transactGetItems,
  Query: (tables, input) => readItems(tables, query, input),
  Scan: (tables, input) => readItems(tables, scan, input),
  CreateTable: createTable,
  UpdateTable: updateTable,
  DescribeTable: (tables, input) =>
    runAction(describeTable, tables.store, validated(describeTableRules, input, tables.store)),
  DeleteTable: (tables, input) => deleteTable(tables, z.parse(TableInput, input).TableName),
  ListTables: listTables,
  UpdateTimeToLive: updateTimeToLive,
  DescribeTimeToLive: (tables, input) =>
    describeTimeToLive(tables, z.parse(TableInput, input).TableName),
  DescribeStream: describeStream,
  GetShardIterator: getShardIterator,
  GetRecords: getRecords,
};

/** They can go on while nothing can be written. */
const reading = new Set([
  ...["GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan"],
  ...["DescribeTable", "ListTables", "DescribeTimeToLive"],
  ...["DescribeStream", "GetShardIterator", "GetRecords"],
]);

export function run(tables: Tables, action: string, input: unknown): object | Promise<object> {
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!known) throw new AwsError("UnknownOperationException", `${action} is not supported`);
  if (typeof input !== "object" || input === null) throw new AwsError("SerializationException", "");
  const pending = tables.disk.pending(reading.has(action) ? "read" : "write");
  return pending ? pending.then(() => run(tables, action, input)) : known(tables, input);
}
