import { type AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { patientHandler } from "../runtime/patient-handler.ts";

export type Attributes = Record<string, AttributeValue>;
export type Row = Record<string, unknown>;

let client: DynamoDBClient | undefined;

/** One client an environment. */
export function dynamoDb(): DynamoDBClient {
  client ??= new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: patientHandler(),
  });
  return client;
}

export function toItem(row: Row): Attributes {
  return marshall(row, { removeUndefinedValues: true });
}

export function fromItem(item: Attributes): Row {
  return unmarshall(item);
}
