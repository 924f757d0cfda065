import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { dynamoDb } from "../../aws/clients.ts";
import { outboxMarks } from "../../contract/outbox.ts";
import { readEnv } from "../../runtime/env.ts";
import { type Attributes, fromItem, type Row } from "../table/rows.ts";
import { isConditionFailure } from "../table/table.ts";

/** Which row it is: a row that is written again under its id at another time is another one. */
export interface OutboxRef {
  readonly id: string;
  /** What the row says of its time, be it a time or not. */
  readonly time: AttributeValue | undefined;
}

/** A row as its writer left it, but for our marks. */
export interface OutboxRow extends OutboxRef {
  /** Undefined where an attribute is none that can be read, such as a number of 38 digits. */
  readonly fields: Row | undefined;
  readonly isRefused: boolean;
  /** What `takeUp` has set: epoch milliseconds, where its writer has not written anything there. */
  readonly mark: AttributeValue | undefined;
}

/** What a sweep sees of a row. */
export interface OutboxHead extends OutboxRef {
  readonly reason: string | undefined;
}

export interface OutboxPage {
  readonly heads: OutboxHead[];
  /** The id to go on behind, or undefined at the end. */
  readonly last: string | undefined;
}

/** The table that callers write events to in transactions of their own. */
export interface OutboxStore {
  /** The rows as they are now, in any order; those that are gone are left out. */
  read(ids: readonly string[]): Promise<OutboxRow[]>;
  /** Some rows, in no order that means anything; perhaps without what was written within the last second. */
  page(after: string | undefined): Promise<OutboxPage>;
  /** Sets the time that the row's message has, and returns whether the row and its mark were still the same. */
  takeUp(row: OutboxRow, timeMs: number): Promise<boolean>;
  /** Keeps the row and says why it is refused, if it is still the same. */
  refuse(row: OutboxRef, reason: string): Promise<void>;
  /** Deletes the row, if it is still the same. */
  remove(row: OutboxRef): Promise<void>;
}

/** Rows are small where all is well, and DynamoDB ends a page at 1 MB where they are not. */
const pageRows = 100;

export function openOutboxStore(): OutboxStore {
  const TableName = readEnv("OUTBOX_TABLE").OUTBOX_TABLE;

  const get = async (id: string): Promise<OutboxRow[]> => {
    const Key = { id: { S: id } };
    const { Item } = await dynamoDb.call("GetItem", { TableName, Key, ConsistentRead: true });
    return Item ? [rowOf(id, Item)] : [];
  };

  return {
    // One by one: the units are the same, and no row is read together with one that cannot be read.
    read: async (ids) => (await Promise.all(ids.map(get))).flat(),
    async page(after) {
      const { Items = [], LastEvaluatedKey } = await dynamoDb.call("Scan", {
        TableName,
        Limit: pageRows,
        ProjectionExpression: "#id, #time, #reason",
        ExpressionAttributeNames: { "#id": "id", "#time": "time", "#reason": outboxMarks.reason },
        ...(after !== undefined && { ExclusiveStartKey: { id: { S: after } } }),
      });
      return { heads: Items.map(headOf), last: LastEvaluatedKey?.id?.S };
    },
    async takeUp(row, timeMs) {
      const values = { ":now": { N: String(timeMs) }, ...(row.mark && { ":mark": row.mark }) };
      const { ConditionExpression, ...bound } = isSame(row, values, {
        "#mark": outboxMarks.timeMs,
      });
      const isUnmarked = row.mark ? "#mark = :mark" : "attribute_not_exists(#mark)";
      return await unlessChanged(
        dynamoDb.call("UpdateItem", {
          TableName,
          ...bound,
          ConditionExpression: `${ConditionExpression} AND ${isUnmarked}`,
          UpdateExpression: "SET #mark = :now",
        }),
      );
    },
    async refuse(row, reason) {
      const bound = isSame(row, { ":reason": { S: reason } }, { "#reason": outboxMarks.reason });
      await unlessChanged(
        dynamoDb.call("UpdateItem", {
          TableName,
          ...bound,
          UpdateExpression: "SET #reason = :reason",
        }),
      );
    },
    async remove(row) {
      await unlessChanged(dynamoDb.call("DeleteItem", { TableName, ...isSame(row) }));
    },
  };
}

/** The part of a request that holds for this row alone, whatever has come under its id meanwhile. */
function isSame({ id, time }: OutboxRef, values: Attributes = {}, names = {}) {
  return {
    Key: { id: { S: id } },
    ConditionExpression: time
      ? "#time = :time"
      : "attribute_exists(#id) AND attribute_not_exists(#time)",
    ExpressionAttributeNames: { "#time": "time", ...(!time && { "#id": "id" }), ...names },
    ...((time || Object.keys(values).length > 0) && {
      ExpressionAttributeValues: { ...(time && { ":time": time }), ...values },
    }),
  };
}

/** Returns whether the condition held. */
async function unlessChanged(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

export function rowOf(id: string, item: Attributes): OutboxRow {
  const { [outboxMarks.reason]: reason, [outboxMarks.timeMs]: mark, ...own } = item;
  return {
    id,
    time: item.time,
    fields: fieldsOf(own),
    isRefused: reason !== undefined,
    mark,
  };
}

function fieldsOf(item: Attributes): Row | undefined {
  try {
    return fromItem(item);
  } catch {
    return undefined;
  }
}

export function headOf(item: Attributes): OutboxHead {
  return { id: item.id?.S ?? "", time: item.time, reason: item[outboxMarks.reason]?.S };
}
