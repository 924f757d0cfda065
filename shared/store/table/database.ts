import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { Key } from "../keys.ts";
import { readAll, type Wanted } from "./batch-read.ts";
import { deleteAll, writeAll } from "./batch-write.ts";
import type { Row } from "./dynamodb.ts";
import { openTable, type Table } from "./table.ts";
import { type Cancelled, transact } from "./transaction.ts";

/** Everything that stores ask of DynamoDB, so that they can also work on tables in memory. */
export interface Database {
  open(tableName: string): Table;
  readAll(wanted: Wanted): Promise<Record<string, Row[]>>;
  writeAll(tableName: string, rows: readonly Row[]): Promise<void>;
  deleteAll(tableName: string, keys: readonly Key[]): Promise<void>;
  transact(items: TransactWriteItem[]): Promise<Cancelled | undefined>;
}

export const dynamoDatabase: Database = {
  open: openTable,
  readAll,
  writeAll,
  deleteAll,
  transact,
};
