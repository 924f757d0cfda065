import {
  type ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { dynamoDb, fromItem, type Row, toItem } from "./dynamodb.ts";
import type { Key } from "./keys.ts";

/** A condition or an update, in DynamoDB's expression language. `#x` names and `:x` values are bound. */
export interface Expression {
  readonly text: string;
  readonly names?: Record<string, string>;
  readonly values?: Row;
}

interface QueryOptions {
  readonly pk: string;
  readonly prefix?: string;
  /** Only sort keys before this one; not together with a prefix. */
  readonly before?: string;
  /** Only sort keys from the first to the last of these, both included, the last one first. */
  readonly newestOf?: readonly [string, string];
  /** The same, the first one first. */
  readonly oldestOf?: readonly [string, string];
  /** The sort key to go on behind. */
  readonly after?: string | undefined;
  readonly limit?: number;
  /** A secondary index and its partition key; its sort key is the table's. Its reads are not consistent. */
  readonly index?: { readonly name: string; readonly key: string };
}

export interface Page {
  readonly rows: Row[];
  /** Where the next page begins, or undefined at the end. */
  readonly last: string | undefined;
}

/** One table, with rows in and out as plain objects. Every read but an index's is consistent. */
export interface Table {
  get(key: Key): Promise<Row | undefined>;
  query(options: QueryOptions): Promise<Page>;
  /** Answers undefined when written, or the row that stood in the way of the condition. */
  put(row: Row & Key, condition?: Expression): Promise<Row | undefined>;
  /** Answers the row as it is now, or undefined when the condition did not hold. */
  update(key: Key, update: Expression, condition?: Expression): Promise<Row | undefined>;
  putting(row: Row & Key, condition?: Expression): TransactWriteItem;
  deleting(key: Key, condition?: Expression): TransactWriteItem;
  updating(key: Key, update: Expression, condition?: Expression): TransactWriteItem;
}

export function openTable(TableName: string): Table {
  return {
    async get(key) {
      const { Item } = await dynamoDb().send(
        new GetItemCommand({ TableName, Key: toItem({ ...key }), ConsistentRead: true }),
      );
      return Item && fromItem(Item);
    },
    async query({ pk, prefix = "", before, newestOf, oldestOf, after, limit, index }) {
      const partitionKey = index?.key ?? "pk";
      const range = newestOf ?? oldestOf;
      const { Items = [], LastEvaluatedKey } = await dynamoDb().send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          Limit: limit,
          ...(index && { IndexName: index.name, ConsistentRead: false }),
          ...(range ? span(partitionKey, pk, range) : between(partitionKey, pk, prefix, before)),
          ...(newestOf && { ScanIndexForward: false }),
          ...(after !== undefined && { ExclusiveStartKey: toItem({ pk, sk: after }) }),
        }),
      );
      return { rows: Items.map(fromItem), last: LastEvaluatedKey?.sk?.S };
    },
    async put(row, condition) {
      try {
        await dynamoDb().send(
          new PutItemCommand({
            TableName,
            Item: toItem(row),
            ...conditional(condition),
            ...(condition && { ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const }),
          }),
        );
        return undefined;
      } catch (error) {
        return standingRow(error);
      }
    },
    async update(key, update, condition) {
      try {
        const { Attributes = {} } = await dynamoDb().send(
          new UpdateItemCommand({
            TableName,
            Key: toItem({ ...key }),
            ...updateWith(update, condition),
            ReturnValues: "ALL_NEW",
          }),
        );
        return fromItem(Attributes);
      } catch (error) {
        if (isConditionFailure(error)) return undefined;
        throw error;
      }
    },
    putting: (row, condition) => ({
      Put: { TableName, Item: toItem(row), ...conditional(condition) },
    }),
    deleting: (key, condition) => ({
      Delete: { TableName, Key: toItem({ ...key }), ...conditional(condition) },
    }),
    updating: (key, update, condition) => ({
      Update: { TableName, Key: toItem({ ...key }), ...updateWith(update, condition) },
    }),
  };
}

function span(key: string, pk: string, [from, to]: readonly [string, string]) {
  return matching(`${key} = :pk AND sk BETWEEN :from AND :to`, { pk, from, to });
}

function between(key: string, pk: string, prefix: string, before: string | undefined) {
  if (before !== undefined) return matching(`${key} = :pk AND sk < :before`, { pk, before });
  if (prefix !== "") return matching(`${key} = :pk AND begins_with(sk, :prefix)`, { pk, prefix });
  return matching(`${key} = :pk`, { pk });
}

function matching(KeyConditionExpression: string, values: Record<string, string>) {
  const bound = Object.entries(values).map(([name, value]) => [`:${name}`, value] as const);
  return { KeyConditionExpression, ExpressionAttributeValues: toItem(Object.fromEntries(bound)) };
}

function conditional(condition: Expression | undefined) {
  return condition && { ConditionExpression: condition.text, ...bound(condition) };
}

function updateWith(update: Expression, condition: Expression | undefined) {
  const both = {
    text: update.text,
    names: { ...update.names, ...condition?.names },
    values: { ...update.values, ...condition?.values },
  };
  return {
    UpdateExpression: update.text,
    ...(condition && { ConditionExpression: condition.text }),
    ...bound(both),
  };
}

function bound({ names = {}, values = {} }: Expression) {
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: toItem(values) }),
  };
}

function isConditionFailure(error: unknown): error is ConditionalCheckFailedException {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}

function standingRow(error: unknown): Row {
  if (!isConditionFailure(error)) throw error;
  return error.Item ? fromItem(error.Item) : {};
}

/** `SET` of every given attribute. Those in `kept` do not become null where they were something. */
export function setting(row: Row, kept: readonly string[] = []): Expression {
  const attributes = Object.keys(row);
  const assignment = (name: string) =>
    row[name] === null && kept.includes(name)
      ? `#${name} = if_not_exists(#${name}, :${name})`
      : `#${name} = :${name}`;
  return {
    text: `SET ${attributes.map(assignment).join(", ")}`,
    names: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(attributes.map((name) => [`:${name}`, row[name]])),
  };
}

/** The same update, which also takes these attributes away. */
export function removing(update: Expression, ...attributes: string[]): Expression {
  return { ...update, text: `${update.text} REMOVE ${attributes.join(", ")}` };
}
