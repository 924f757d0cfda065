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
