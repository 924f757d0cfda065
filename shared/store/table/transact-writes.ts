import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { Key } from "../keys.ts";
import { type Row, toItem } from "./dynamodb.ts";
import { conditional, type Expression, updateWith } from "./expression.ts";

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
