export const REGION = "us-east-1";
export const ACCOUNT_ID = "000000000000";

export function tableArn(tableName: string): string {
  return `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${tableName}`;
}

export function queueArn(queueName: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${queueName}`;
}

export function keyArn(keyId: string): string {
  return `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/${keyId}`;
}
