export const localRegion = "us-east-1";
export const accountId = "000000000000";

export function tableArn(tableName: string): string {
  return `arn:aws:dynamodb:${localRegion}:${accountId}:table/${tableName}`;
}

export function queueArn(queueName: string): string {
  return `arn:aws:sqs:${localRegion}:${accountId}:${queueName}`;
}

export function keyArn(keyId: string): string {
  return `arn:aws:kms:${localRegion}:${accountId}:key/${keyId}`;
}

export function topicArn(topicName: string): string {
  return `arn:aws:sns:${localRegion}:${accountId}:${topicName}`;
}

export function busArn(busName: string): string {
  return `arn:aws:events:${localRegion}:${accountId}:event-bus/${busName}`;
}

/** Of the default bus the rules have no bus in their names. */
export const defaultBus = "default";

export function ruleArn(ruleName: string, busName = defaultBus): string {
  const path = busName === defaultBus ? ruleName : `${busName}/${ruleName}`;
  return `arn:aws:events:${localRegion}:${accountId}:rule/${path}`;
}

/** The stream of a table; AWS names it for the moment in which it was switched on. */
export function streamArn(tableName: string): string {
  return `${tableArn(tableName)}/stream/2024-01-01T00:00:00.000`;
}

/** The table in the ARN of a table, an index or a stream. */
export function tableNameIn(arn: string): string | undefined {
  return /:table\/([^/]+)/.exec(arn)?.[1];
}
