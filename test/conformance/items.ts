import { randomUUID } from "node:crypto";
import { type AttributeValue, type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

export function freshKey() {
  return { pk: { S: randomUUID() }, sk: { S: "row" } };
}

/** The item as it is now. */
export async function findItem(
  client: DynamoDBClient,
  TableName: string,
  Key: Item,
): Promise<Item | undefined> {
  const found = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return found.Item;
}
