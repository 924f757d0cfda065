import type { ConditionalCheckFailedException, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { dynamoDb } from "../../aws/clients.ts";
import { AppError } from "../../domain/app-error.ts";
import { realTimers, type Timers } from "../../runtime/timers.ts";
import type { Key } from "../keys.ts";
import {
  type Attributes,
  conditional,
  type Expression,
  fromItem,
  type QueryOptions,
  queryInput,
  type Row,
  toItem,
  updateWith,
} from "./rows.ts";

export interface Page {
  readonly rows: Row[];
  /** Where the next page begins, or undefined at the end. */
  readonly last: string | undefined;
}

/** One table, with rows in and out as plain objects. Every read but an index's is consistent. */
export interface Table extends TransactWrites {
  get(key: Key): Promise<Row | undefined>;
  query(options: QueryOptions): Promise<Page>;
  /** How many rows there are, counted up to `most`. */
  count(options: QueryOptions, most: number): Promise<number>;
  /** Returns undefined when written, or the row that stood in the way of the condition. */
  put(row: Row & Key, condition?: Expression): Promise<Row | undefined>;
  /** Returns whether the condition held. */
  remove(key: Key, condition: Expression): Promise<boolean>;
  /** Returns the row as it is now, or undefined when the condition did not hold. */
  update(key: Key, update: Expression, condition?: Expression): Promise<Row | undefined>;
}

export function openTable(TableName: string): Table {
  return {
    async get(key) {
      const { Item } = await dynamoDb.call("GetItem", {
        TableName,
        Key: toItem({ ...key }),
        ConsistentRead: true,
      });
      return Item && fromItem(Item);
    },
    async query(options) {
      const { Items = [], LastEvaluatedKey } = await dynamoDb.call("Query", {
        TableName,
        ...queryInput(options),
      });
      return { rows: Items.map(fromItem), last: LastEvaluatedKey?.sk?.S };
    },
    async count(options, most) {
      let count = 0;
      let rest: Attributes | undefined;
      do {
        const page = await dynamoDb.call("Query", {
          TableName,
          ...queryInput({ ...options, limit: most - count }),
          Select: "COUNT",
          ...(rest && { ExclusiveStartKey: rest }),
        });
        count += page.Count ?? 0;
        rest = page.LastEvaluatedKey;
      } while (rest && count < most);
      return count;
    },
    async put(row, condition) {
      try {
        await dynamoDb.call("PutItem", {
          TableName,
          Item: toItem(row),
          ...conditional(condition),
          ...(condition && { ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const }),
        });
        return undefined;
      } catch (error) {
        return standingRow(error);
      }
    },
    async remove(key, condition) {
      try {
        const target = { TableName, Key: toItem({ ...key }) };
        await dynamoDb.call("DeleteItem", { ...target, ...conditional(condition) });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },
    async update(key, update, condition) {
      try {
        const { Attributes = {} } = await dynamoDb.call("UpdateItem", {
          TableName,
          Key: toItem({ ...key }),
          ...updateWith(update, condition),
          ReturnValues: "ALL_NEW",
        });
        return fromItem(Attributes);
      } catch (error) {
        if (isConditionFailure(error)) return undefined;
        throw error;
      }
    },
    ...transactWrites(TableName),
  };
}

function standingRow(error: unknown): Row {
  if (!isConditionFailure(error)) throw error;
  return error.Item ? fromItem(error.Item) : {};
}

/** What a transaction is made of: each describes one write and makes none. */
export interface TransactWrites {
  putting(row: Row & Key, condition?: Expression): TransactWriteItem;
  deleting(key: Key, condition?: Expression): TransactWriteItem;
  updating(key: Key, update: Expression, condition?: Expression): TransactWriteItem;
  checking(key: Key, condition: Expression): TransactWriteItem;
}

export function transactWrites(TableName: string): TransactWrites {
  return {
    putting: (row, condition) => ({
      Put: { TableName, Item: toItem(row), ...conditional(condition) },
    }),
    deleting: (key, condition) => ({
      Delete: { TableName, Key: toItem({ ...key }), ...conditional(condition) },
    }),
    updating: (key, update, condition) => ({
      Update: { TableName, Key: toItem({ ...key }), ...updateWith(update, condition) },
    }),
    checking: (key, condition) => ({
      ConditionCheck: {
        TableName,
        Key: toItem({ ...key }),
        ConditionExpression: condition.text,
        ...conditional(condition),
      },
    }),
  };
}

/** Told by its name, as the class of the SDK is not part of the bundles. */
export function isConditionFailure(error: unknown): error is ConditionalCheckFailedException {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}

/** Returned by a write that lost to another: read again, decide again. */
export const conflict = Symbol("conflict");

export interface RetryDeps {
  readonly timers: Timers;
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

const tries = 12;
const maxPauseMs = 200;

/** Repeats read-decide-write until the write wins; gives up after a bounded number of tries. */
export async function retryOnConflict<T>(
  attempt: () => Promise<T | typeof conflict>,
  { timers = realTimers, random = Math.random }: Partial<RetryDeps> = {},
): Promise<T> {
  for (let n = 0; n < tries; n += 1) {
    const result = await attempt();
    if (result !== conflict) return result;
    await timers.wait(random() * Math.min(maxPauseMs, 10 * 2 ** n));
  }
  throw new AppError("FAILED_PRECONDITION_ERROR", "others are changing the same; try again");
}
