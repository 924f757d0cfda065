import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { beforeAll, expect, test } from "vitest";
import { createTable, useDynamoDb } from "./client.ts";
import { findItem, freshKey, type Item } from "./items.ts";

const dynamodb = useDynamoDb();
let TableName: string;

beforeAll(async () => {
  TableName = await createTable(dynamodb.client);
});

const find = (key: Item) => findItem(dynamodb.client, TableName, key);

async function put(Item: Item, ConditionExpression?: string) {
  return dynamodb.client.send(
    new PutItemCommand({
      TableName,
      Item,
      ConditionExpression,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    }),
  );
}

test("reads what it has just written", async () => {
  const item = {
    ...freshKey(),
    text: { S: "Grüße 🙂 \u0000 \uFFFE" },
    number: { N: "12345678901234567890.5" },
    bytes: { B: new Uint8Array([0, 255, 128]) },
    flag: { BOOL: false },
    nothing: { NULL: true },
    list: { L: [{ S: "a" }, { N: "1" }] },
    map: { M: { inner: { SS: ["x", "y"] } } },
  } satisfies Item;
  await put(item);
  const { pk, sk } = item;
  expect(await find({ pk, sk })).toEqual(item);
});

test("refuses a put, an update and a delete whose condition fails, and shows the item when asked", async () => {
  const item = { ...freshKey(), owner: { S: "someone" } };
  const { owner: _, ...Key } = item;
  await put(item);
  const condition = {
    TableName,
    Key,
    ConditionExpression: "#owner = :me",
    ExpressionAttributeNames: { "#owner": "owner" },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  const refusals = await Promise.all(
    [
      put(item, "attribute_not_exists(pk)"),
      dynamodb.client.send(
        new UpdateItemCommand({
          ...condition,
          UpdateExpression: "SET #owner = :me",
          ExpressionAttributeValues: { ":me": { S: "me" } },
        }),
      ),
      dynamodb.client.send(
        new DeleteItemCommand({ ...condition, ExpressionAttributeValues: { ":me": { S: "me" } } }),
      ),
    ].map((write) => write.catch((error: unknown) => error)),
  );
  for (const refusal of refusals) {
    expect(refusal).toBeInstanceOf(ConditionalCheckFailedException);
    expect(refusal).toMatchObject({ Item: item });
  }
  expect(await find(Key)).toEqual(item);
});

test("does not show the item of a failed condition unasked", async () => {
  const item = freshKey();
  await put(item);
  const refusal = await dynamodb.client
    .send(
      new PutItemCommand({
        TableName,
        Item: item,
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    )
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ConditionalCheckFailedException);
  expect(refusal).toHaveProperty("Item", undefined);
});

test("counts every one of many concurrent updates of one item", async () => {
  const Key = freshKey();
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      dynamodb.client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: "ADD #count :one",
          ExpressionAttributeNames: { "#count": "count" },
          ExpressionAttributeValues: { ":one": { N: "1" } },
          ReturnValues: "UPDATED_NEW",
        }),
      ),
    ),
  );
  const counts = answers.map(({ Attributes }) => Number(Attributes?.count?.N));
  expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
});

test("counts the limits of keys and items in bytes", async () => {
  const invalid = { name: "ValidationException" };
  const fourBytes = "🙂";
  await put({ pk: { S: fourBytes.repeat(512) }, sk: { S: fourBytes.repeat(256) } });
  await expect(put({ pk: { S: fourBytes.repeat(513) }, sk: { S: "row" } })).rejects.toMatchObject(
    invalid,
  );
  await expect(put({ pk: { S: "p" }, sk: { S: fourBytes.repeat(257) } })).rejects.toMatchObject(
    invalid,
  );
  await put({ ...freshKey(), payload: { S: "ü".repeat(199 * 1024) } });
  await expect(
    put({ ...freshKey(), payload: { S: "ü".repeat(200 * 1024) } }),
  ).rejects.toMatchObject(invalid);
});

test("writes and reads batches", async () => {
  const items = Array.from({ length: 25 }, (_, n) => ({ ...freshKey(), n: { N: String(n) } }));
  const [first] = items;
  await dynamodb.client.send(
    new BatchWriteItemCommand({
      RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
    }),
  );
  if (first) {
    const { pk, sk } = first;
    await dynamodb.client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: [{ DeleteRequest: { Key: { pk, sk } } }] },
      }),
    );
  }
  const { Responses, UnprocessedKeys } = await dynamodb.client.send(
    new BatchGetItemCommand({
      RequestItems: {
        [TableName]: { Keys: items.map(({ pk, sk }) => ({ pk, sk })), ConsistentRead: true },
      },
    }),
  );
  const numbers = Responses?.[TableName]?.map(({ n }) => Number(n?.N));
  expect(numbers?.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
  expect(UnprocessedKeys).toEqual({});
});

test("refuses a batch that names an item twice or holds more than 25", async () => {
  const batch = (items: Item[]) =>
    dynamodb.client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
  const twice = freshKey();
  const invalid = { name: "ValidationException" };
  await expect(batch([twice, twice])).rejects.toMatchObject(invalid);
  await expect(batch(Array.from({ length: 26 }, freshKey))).rejects.toMatchObject(invalid);
});
