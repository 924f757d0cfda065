import { type AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { NodeHttpHandler } from "@smithy/node-http-handler";

export type Attributes = Record<string, AttributeValue>;
export type Row = Record<string, unknown>;

let client: DynamoDBClient | undefined;

/** One client an environment. A call that hangs is given up early enough to be tried again in time. */
export function dynamoDb(): DynamoDBClient {
  client ??= new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    }),
  });
  return client;
}

export function toItem(row: Row): Attributes {
  return marshall(row, { removeUndefinedValues: true });
}

export function fromItem(item: Attributes): Row {
  return unmarshall(item);
}
