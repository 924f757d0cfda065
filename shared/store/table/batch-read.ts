import { setTimeout as wait } from "node:timers/promises";
import type { KeysAndAttributes } from "@aws-sdk/client-dynamodb";
import { dynamoDb } from "../../aws/dynamodb.ts";
import { AppError } from "../../domain/app-error.ts";
import type { Key } from "../keys.ts";
import { type Attributes, fromItem, type Row, toItem } from "./dynamodb.ts";

/** Keys to read, by table; none twice. At most 100 in all. */
export type Wanted = Record<string, readonly Key[]>;

const tries = 5;

/** Reads rows of several tables in one consistent call, and again what DynamoDB left out. */
export async function readAll(wanted: Wanted): Promise<Record<string, Row[]>> {
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

function requestsFor(wanted: Wanted): Record<string, KeysAndAttributes> {
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
