import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";

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

export async function putItems(client: DynamoDBClient, TableName: string, items: Item[]) {
  for (let n = 0; n < items.length; n += 25) {
    const requests = items.slice(n, n + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  }
}

/** So many of them, in their order. */
export function sortKeys(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(n).padStart(4, "0"));
}

/** The sort keys of every page, in the order that they came. */
export async function queryPages(
  client: DynamoDBClient,
  input: QueryCommandInput,
): Promise<string[][]> {
  const found: string[][] = [];
  let start: Item | undefined;
  do {
    const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await client.send(
      new QueryCommand({ ...input, ExclusiveStartKey: start }),
    );
    found.push((page.Items ?? []).map(({ sk }) => sk?.S ?? ""));
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}
