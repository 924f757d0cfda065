import type { AttributeValue, QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";

export type Attributes = Record<string, AttributeValue>;
export type Row = Record<string, unknown>;

export function toItem(row: Row): Attributes {
  return marshall(row, { removeUndefinedValues: true });
}

export function fromItem(item: Attributes): Row {
  return unmarshall(item);
}

/** A condition or an update, in DynamoDB's expression language. `#x` names and `:x` values are bound. */
export interface Expression {
  readonly text: string;
  readonly names?: Record<string, string>;
  readonly values?: Row;
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

/** The part of a request that makes it conditional. */
export function conditional(condition: Expression | undefined) {
  return condition && { ConditionExpression: condition.text, ...bound(condition) };
}

/** The part of a request that says what to change, and on what condition. */
export function updateWith(update: Expression, condition: Expression | undefined) {
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
  /** Half the price of a consistent read, and perhaps without what was written within the last second. */
  readonly isEventual?: boolean;
  /** Only these attributes of each row. */
  readonly attributes?: readonly string[];
  /** A secondary index and its partition key; its sort key is the table's. Its reads are not consistent. */
  readonly index?: { readonly name: string; readonly key: string };
}

/** The request for these rows, but for its table's name. */
export function queryInput(options: QueryOptions): Omit<QueryCommandInput, "TableName"> {
  const { pk, newestOf, after, limit, index, isEventual = false, attributes } = options;
  return {
    ConsistentRead: !isEventual,
    Limit: limit,
    ...(attributes && projecting(attributes)),
    ...(index && { IndexName: index.name, ConsistentRead: false }),
    ...keyCondition(options),
    ...(newestOf && { ScanIndexForward: false }),
    ...(after !== undefined && { ExclusiveStartKey: toItem({ pk, sk: after }) }),
  };
}

/** Some of our attributes are called as words of the expression language are. */
function projecting(attributes: readonly string[]) {
  return {
    ProjectionExpression: attributes.map((name) => `#${name}`).join(", "),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
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
