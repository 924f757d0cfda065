import { setTimeout as wait } from "node:timers/promises";
import type {
  KeysAndAttributes,
  TransactionCanceledException,
  TransactWriteItem,
  WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { dynamoDb } from "../../aws/clients.ts";
import { AppError } from "../../domain/app-error.ts";
import type { Key } from "../keys.ts";
import { type Attributes, fromItem, type Row, toItem } from "./rows.ts";
import { openTable, type Table } from "./table.ts";

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

/** Keys to read, by table; none twice. At most 100 in all. */
export type Wanted = Record<string, readonly Key[]>;

const tries = 5;

/** Reads rows of several tables in one consistent call, and again what DynamoDB left out. */
export async function readAll(
  wanted: Record<string, readonly object[]>,
): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  let rest = requestsFor(wanted);
  for (let n = 0; Object.keys(rest).length > 0; n += 1) {
    if (n === tries) throw new AppError("SERVER_UNAVAILABLE", "the table did not answer every row");
    if (n > 0) await wait(25 * 2 ** n * Math.random());
    const { Responses = {}, UnprocessedKeys = {} } = await dynamoDb.call("BatchGetItem", {
      RequestItems: rest,
    });
    collect(found, Responses);
    rest = UnprocessedKeys;
  }
  return found;
}

function requestsFor(wanted: Record<string, readonly object[]>): Record<string, KeysAndAttributes> {
  const tables = Object.entries(wanted).filter(([, keys]) => keys.length > 0);
  return Object.fromEntries(
    tables.map(([table, keys]) => [
      table,
      { Keys: keys.map((key) => toItem({ ...key })), ConsistentRead: true },
    ]),
  );
}

function collect(found: Record<string, Row[]>, responses: Record<string, Attributes[]>): void {
  for (const [table, items] of Object.entries(responses)) {
    found[table] = [...(found[table] ?? []), ...items.map(fromItem)];
  }
}

const maxItems = 25;

/**
 * Puts rows in as few calls as they fit into. DynamoDB may answer 200 and leave some unwritten: those are
 * sent again after a pause, a bounded number of times; then it throws.
 */
export async function writeAll(tableName: string, rows: readonly Row[]): Promise<void> {
  await inBatches(
    tableName,
    rows.map((row) => ({ PutRequest: { Item: toItem(row) } })),
  );
}

/** Deletes rows likewise, of whatever key; one that is gone already counts as deleted. */
export async function deleteAll(tableName: string, keys: readonly object[]): Promise<void> {
  await inBatches(
    tableName,
    keys.map((key) => ({ DeleteRequest: { Key: toItem({ ...key }) } })),
  );
}

async function inBatches(tableName: string, requests: WriteRequest[]): Promise<void> {
  for (let start = 0; start < requests.length; start += maxItems) {
    await writeBatch(tableName, requests.slice(start, start + maxItems));
  }
}

async function writeBatch(tableName: string, requests: WriteRequest[]): Promise<void> {
  let rest = requests;
  for (let n = 0; n < tries; n += 1) {
    if (n > 0) await wait(25 * 2 ** n * Math.random());
    const { UnprocessedItems = {} } = await dynamoDb.call("BatchWriteItem", {
      RequestItems: { [tableName]: rest },
    });
    rest = UnprocessedItems[tableName] ?? [];
    if (rest.length === 0) return;
  }
  throw new AppError("SERVER_UNAVAILABLE", "the table did not take every row; try again");
}

/** Why a transaction did not happen: the index of each item whose condition failed, or a plain conflict. */
export interface Cancelled {
  readonly failed: readonly number[];
}

/** The table did not refuse the items, it had no capacity for them. */
const busy = ["ThrottlingError", "ProvisionedThroughputExceeded"];

/** Writes all items or none. Returns undefined when written; throws on anything but a lost race. */
export async function transact(items: TransactWriteItem[]): Promise<Cancelled | undefined> {
  try {
    await dynamoDb.call("TransactWriteItems", { TransactItems: items });
    return undefined;
  } catch (error) {
    if (isTransactionConflict(error)) return { failed: [] };
    if (!isCancellation(error)) throw error;
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? "None");
    if (codes.some((code) => busy.includes(code))) {
      throw new AppError("SERVER_UNAVAILABLE", "not accepted; try again", { cause: error });
    }
    const expected = ["None", "ConditionalCheckFailed", "TransactionConflict"];
    if (!codes.every((code) => expected.includes(code))) throw error;
    const failed = codes.flatMap((code, index) =>
      code === "ConditionalCheckFailed" ? [index] : [],
    );
    return { failed };
  }
}

/** Another transaction was changing the same row. */
export function isTransactionConflict(error: unknown): boolean {
  return error instanceof Error && error.name === "TransactionConflictException";
}

function isCancellation(error: unknown): error is TransactionCanceledException {
  return error instanceof Error && error.name === "TransactionCanceledException";
}
