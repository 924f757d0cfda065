import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, expect, test } from "vitest";
import { createTable, useDynamoDb } from "./client.ts";
import { type Item, putItems, queryPages, sortKeys } from "./items.ts";

const dynamodb = useDynamoDb();
let TableName: string;

beforeAll(async () => {
  TableName = await createTable(dynamodb.client);
});

test("shows an item in a sparse index only while it has the index's keys", async () => {
  const Key = { pk: { S: "sparse" }, sk: { S: "row" } };
  const listed = async () =>
    (
      await queryPages(dynamodb.client, {
        TableName,
        IndexName: "byStatus",
        KeyConditionExpression: "#status = :failed",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":failed": { S: "failed" } },
      })
    ).flat();
  const update = (UpdateExpression: string, values?: Item) =>
    dynamodb.client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression,
        ExpressionAttributeNames: { "#status": "status", "#rank": "rank" },
        ExpressionAttributeValues: values,
      }),
    );
  await putItems(dynamodb.client, TableName, [Key]);
  expect(await listed()).toEqual([]);
  await update("SET #status = :failed, #rank = :rank", {
    ":failed": { S: "failed" },
    ":rank": { N: "1" },
  });
  expect(await listed()).toEqual(["row"]);
  await update("REMOVE #status, #rank");
  expect(await listed()).toEqual([]);
});

test("keeps items apart that share one index key, page by page", async () => {
  // The last two share the 24 bits of a hash by which dynalite alone would tell their index rows apart.
  const keys = [...sortKeys(300), "item 3367", "item 5072"];
  const items = keys.map((sk) => ({
    pk: { S: "shared" },
    sk: { S: sk },
    status: { S: "waiting" },
    rank: { N: "7" },
  }));
  await putItems(dynamodb.client, TableName, items);
  const query = {
    TableName,
    Limit: 40,
    IndexName: "byStatus",
    KeyConditionExpression: "#status = :waiting",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":waiting": { S: "waiting" } },
  };
  const forwards = (await queryPages(dynamodb.client, query)).flat();
  const backwards = (
    await queryPages(dynamodb.client, { ...query, ScanIndexForward: false })
  ).flat();
  expect(forwards.toSorted()).toEqual(keys);
  expect(backwards).toEqual(forwards.toReversed());
});
