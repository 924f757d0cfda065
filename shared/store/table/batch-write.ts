import { setTimeout as wait } from "node:timers/promises";
import type { WriteRequest } from "@aws-sdk/client-dynamodb";
import { dynamoDb } from "../../aws/dynamodb.ts";
import { AppError } from "../../domain/app-error.ts";
import type { Key } from "../keys.ts";
import { type Row, toItem } from "./dynamodb.ts";

const maxItems = 25;
const tries = 5;

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

/** Deletes rows likewise; one that is gone already counts as deleted. */
export async function deleteAll(tableName: string, keys: readonly Key[]): Promise<void> {
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
