import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteItemsCommand,
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

const cannot = "The AttributeValue for a key attribute cannot contain an empty string value.";
const invalid = { name: "ValidationException" };
const refusedFor = (key: string) => ({
  ...invalid,
  message: expect.stringContaining(`${cannot} Key: ${key}`),
});
const refused = { ...invalid, message: expect.stringContaining(cannot) };

const keys: [string, Item][] = [
  ["pk", { pk: { S: "" }, sk: { S: "row" } }],
  ["sk", { pk: { S: "partition" }, sk: { S: "" } }],
];

test.each(keys)("refuses an item whose %s is empty", async (name, Item) => {
  const put = dynamodb.client.send(new PutItemCommand({ TableName, Item }));
  // Engines agree on what is wrong, and word it in the old or in the new way.
  const message = expect.stringMatching(`empty string.*Key: ${name}`);
  await expect(put).rejects.toMatchObject({ ...invalid, message });
  const RequestItems = { [TableName]: [{ PutRequest: { Item } }] };
  const batch = dynamodb.client.send(new BatchWriteItemCommand({ RequestItems }));
  await expect(batch).rejects.toMatchObject(invalid);
});

test.each(keys)(
  "refuses to read, change or delete an item whose %s is empty",
  async (name, Key) => {
    const { client } = dynamodb;
    for (const call of [
      () => client.send(new GetItemCommand({ TableName, Key })),
      () => client.send(new DeleteItemCommand({ TableName, Key })),
      () =>
        client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: "SET note = :note",
            ExpressionAttributeValues: { ":note": { S: "" } },
          }),
        ),
    ]) {
      await expect(call()).rejects.toMatchObject(refusedFor(name));
    }
  },
);

test.each(keys)("refuses a batch of reads with an item whose %s is empty", async (name, Key) => {
  const RequestItems = { [TableName]: { Keys: [freshKey(), Key] } };
  const batch = dynamodb.client.send(new BatchGetItemCommand({ RequestItems }));
  await expect(batch).rejects.toMatchObject(refusedFor(name));
});

test("refuses a transaction that writes one, and makes nothing of it", async () => {
  const Item = freshKey();
  const transaction = dynamodb.client.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item } },
        { Put: { TableName, Item: { pk: { S: "partition" }, sk: { S: "" } } } },
      ],
    }),
  );
  await expect(transaction).rejects.toThrow(/Validation|not valid|invalid/);
  expect(await findItem(dynamodb.client, TableName, Item)).toBeUndefined();
});

test("refuses an empty key of an index, and keeps the item as it was", async () => {
  const Key = freshKey();
  const put = (Item: Item) => dynamodb.client.send(new PutItemCommand({ TableName, Item }));
  await expect(put({ ...Key, status: { S: "" }, rank: { N: "1" } })).rejects.toMatchObject(refused);
  expect(await findItem(dynamodb.client, TableName, Key)).toBeUndefined();
  await put({ ...Key, status: { S: "failed" }, rank: { N: "1" } });
  const update = dynamodb.client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: "SET #status = :none",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":none": { S: "" } },
    }),
  );
  await expect(update).rejects.toMatchObject(refused);
  expect(await findItem(dynamodb.client, TableName, Key)).toMatchObject({
    status: { S: "failed" },
  });
});

const partition = { ":pk": { S: "partition" } };

test.each<[string, Partial<QueryCommandInput>]>([
  ["pk = :pk", { ExpressionAttributeValues: { ":pk": { S: "" } } }],
  ["pk = :pk AND sk = :sk", { ExpressionAttributeValues: { ...partition, ":sk": { S: "" } } }],
  [
    "pk = :pk AND begins_with(sk, :sk)",
    { ExpressionAttributeValues: { ...partition, ":sk": { S: "" } } },
  ],
  [
    "pk = :pk AND sk BETWEEN :from AND :to",
    { ExpressionAttributeValues: { ...partition, ":from": { S: "" }, ":to": { S: "z" } } },
  ],
  [
    "#status = :status",
    {
      IndexName: "byStatus",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":status": { S: "" } },
    },
  ],
])("refuses a query for %s with an empty value", async (KeyConditionExpression, input) => {
  const query = new QueryCommand({ TableName, KeyConditionExpression, ...input });
  await expect(dynamodb.client.send(query)).rejects.toMatchObject(refused);
});

test("takes empty values that are no keys, also to compare them with", async () => {
  const item = { ...freshKey(), note: { S: "" }, bytes: { B: new Uint8Array() } };
  await dynamodb.client.send(new PutItemCommand({ TableName, Item: item }));
  const { pk, sk } = item;
  expect(await findItem(dynamodb.client, TableName, { pk, sk })).toEqual(item);
  const { Items } = await dynamodb.client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :pk",
      FilterExpression: "note = :note",
      ExpressionAttributeValues: { ":pk": pk, ":note": { S: "" } },
    }),
  );
  expect(Items).toEqual([item]);
});
