import type { QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { toItem } from "./dynamodb.ts";

/** Which rows of one partition, and in which order. */
export interface QueryOptions {
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

/** The request for these rows, but for its table's name. */
export function queryInput(options: QueryOptions): Omit<QueryCommandInput, "TableName"> {
  const { pk, newestOf, after, limit, index } = options;
  return {
    ConsistentRead: true,
    Limit: limit,
    ...(index && { IndexName: index.name, ConsistentRead: false }),
    ...keyCondition(options),
    ...(newestOf && { ScanIndexForward: false }),
    ...(after !== undefined && { ExclusiveStartKey: toItem({ pk, sk: after }) }),
  };
}

function keyCondition({ pk, prefix = "", before, newestOf, oldestOf, index }: QueryOptions) {
  const key = index?.key ?? "pk";
  const range = newestOf ?? oldestOf;
  return range ? span(key, pk, range) : between(key, pk, prefix, before);
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
