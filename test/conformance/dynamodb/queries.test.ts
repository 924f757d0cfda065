import { PutItemCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createTable, useDynamoDb } from "./client.ts";
import { type Item, putItems, queryPages, sortKeys } from "./items.ts";

const dynamodb = useDynamoDb();
let TableName: string;

beforeAll(async () => {
  TableName = await createTable(dynamodb.client);
});

const putAll = (items: Item[]) => putItems(dynamodb.client, TableName, items);
const pages = (input: Partial<QueryCommandInput>) =>
  queryPages(dynamodb.client, { TableName, ...input });

const ofPartition = (pk: string, extra: Item = {}) => ({
  ConsistentRead: true,
  ExpressionAttributeValues: { ":pk": { S: pk }, ...extra },
});

test("sees every acknowledged write in a consistent query", async () => {
  for (const sk of sortKeys(20)) {
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
  const keys = sortKeys(23);
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
  const items = sortKeys(5).map((sk) => ({
    pk: { S: "large" },
    sk: { S: sk },
    payload: { S: "x".repeat(300 * 1024) },
  }));
  for (const item of items) await putAll([item]);
  const found = await pages({ ...ofPartition("large"), KeyConditionExpression: "pk = :pk" });
  expect(found.flat()).toEqual(sortKeys(5));
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
    sortKeys(10).map((sk) => ({
      pk: { S: "filtered" },
      sk: { S: sk },
      odd: { BOOL: +sk % 2 === 1 },
    })),
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
