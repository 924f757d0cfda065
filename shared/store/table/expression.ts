import { type Row, toItem } from "./dynamodb.ts";

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
