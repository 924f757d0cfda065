import {
  BatchWriteItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createTable, useDynamoDb } from "./dynamodb.ts";
import type { Item } from "./items.ts";

const dynamodb = useDynamoDb();
let TableName: string;

beforeAll(async () => {
  TableName = await createTable(dynamodb.client);
});

async function putAll(items: Item[]) {
  for (let n = 0; n < items.length; n += 25) {
    const requests = items.slice(n, n + 25).map((Item) => ({ PutRequest: { Item } }));
    await dynamodb.client.send(
      new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }),
    );
  }
}

/** The sort keys of every page, in the order that they came. */
async function pages(input: Partial<QueryCommandInput>): Promise<string[][]> {
  const found: string[][] = [];
  let start: Item | undefined;
  do {
    const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await dynamodb.client.send(
      new QueryCommand({ TableName, ...input, ExclusiveStartKey: start }),
    );
    found.push((page.Items ?? []).map(({ sk }) => sk?.S ?? ""));
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

const ofPartition = (pk: string, extra: Item = {}) => ({
  ConsistentRead: true,
  ExpressionAttributeValues: { ":pk": { S: pk }, ...extra },
});

const names = (count: number) =>
  Array.from({ length: count }, (_, n) => String(n).padStart(4, "0"));

test("sees every acknowledged write in a consistent query", async () => {
  for (const sk of names(20)) {
    await dynamodb.client.send(
      new PutItemCommand({ TableName, Item: { pk: { S: "consistent" }, sk: { S: sk } } }),
    );
    const [keys] = await pages({
      ...ofPartition("consistent"),
      KeyConditionExpression: "pk = :pk",
      ScanIndexForward: false,
      Limit: 1,
    }).then((all) => [all[0]?.[0]]);
    expect(keys).toBe(sk);
  }
});

test("pages forwards and backwards without losing or repeating an item", async () => {
  const keys = names(23);
  await putAll(keys.map((sk) => ({ pk: { S: "paged" }, sk: { S: sk } })));
  await putAll([{ pk: { S: "paged2" }, sk: { S: "0000" } }]);
  const query = { ...ofPartition("paged"), KeyConditionExpression: "pk = :pk" };
  const forwards = await pages({ ...query, Limit: 5 });
  const backwards = await pages({ ...query, Limit: 5, ScanIndexForward: false });
  expect(forwards.flat()).toEqual(keys);
  expect(forwards.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
  expect(backwards.flat()).toEqual(keys.toReversed());
});

test("ends a page at one megabyte", async () => {
  const items = names(5).map((sk) => ({
    pk: { S: "large" },
    sk: { S: sk },
    payload: { S: "x".repeat(300 * 1024) },
  }));
  for (const item of items) await putAll([item]);
  const found = await pages({ ...ofPartition("large"), KeyConditionExpression: "pk = :pk" });
  expect(found.flat()).toEqual(names(5));
  expect(found.length).toBeGreaterThan(1);
});

test("orders sort keys by their bytes and bounds them as asked", async () => {
  const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 });
  const sets = fc.uniqueArray(key, { minLength: 1, maxLength: 12 });
  let partition = 0;
  await fc.assert(
    fc.asyncProperty(sets, key, async (keys, bound) => {
      partition += 1;
      const pk = `ordered-${partition}`;
      await putAll(keys.map((sk) => ({ pk: { S: pk }, sk: { S: sk } })));
      const inBytes = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const select = async (condition: string) => {
        const query = ofPartition(pk, { ":bound": { S: bound } });
        const expression = `pk = :pk AND ${condition}`;
        return (await pages({ ...query, KeyConditionExpression: expression, Limit: 4 })).flat();
      };
      const compared = (one: string) => Buffer.compare(Buffer.from(one), Buffer.from(bound));
      expect(await select("sk >= :bound")).toEqual(inBytes.filter((one) => compared(one) >= 0));
      expect(await select("sk < :bound")).toEqual(inBytes.filter((one) => compared(one) < 0));
      expect(await select("begins_with(sk, :bound)")).toEqual(
        inBytes.filter((one) => one.startsWith(bound)),
      );
    }),
    { numRuns: 25 },
  );
});

test("filters after the limit, so that a page may be short", async () => {
  await putAll(
    names(10).map((sk) => ({ pk: { S: "filtered" }, sk: { S: sk }, odd: { BOOL: +sk % 2 === 1 } })),
  );
  const found = await pages({
    ...ofPartition("filtered", { ":true": { BOOL: true } }),
    KeyConditionExpression: "pk = :pk",
    FilterExpression: "odd = :true",
    Limit: 3,
  });
  expect(found.slice(0, 2)).toEqual([["0001"], ["0003", "0005"]]);
  expect(found.flat()).toEqual(["0001", "0003", "0005", "0007", "0009"]);
});

test("shows an item in a sparse index only while it has the index's keys", async () => {
  const Key = { pk: { S: "sparse" }, sk: { S: "row" } };
  const listed = async () =>
    (
      await pages({
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
  await putAll([Key]);
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
  const keys = [...names(300), "item 3367", "item 5072"];
  await putAll(
    keys.map((sk) => ({
      pk: { S: "shared" },
      sk: { S: sk },
      status: { S: "waiting" },
      rank: { N: "7" },
    })),
  );
  const query = {
    IndexName: "byStatus",
    KeyConditionExpression: "#status = :waiting",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":waiting": { S: "waiting" } },
  };
  const forwards = (await pages({ ...query, Limit: 40 })).flat();
  const backwards = (await pages({ ...query, Limit: 40, ScanIndexForward: false })).flat();
  expect(forwards.toSorted()).toEqual(keys);
  expect(backwards).toEqual(forwards.toReversed());
});
