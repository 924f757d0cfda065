import { randomUUID } from "node:crypto";
import {
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { createTable, useDynamoDb } from "./client.ts";

const noHooks = "needs the embedded engine's clock and its expiry on demand";
const dynamodb = useDynamoDb();

async function setTimeToLive(TableName: string, Enabled: boolean) {
  await dynamodb.client.send(
    new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { AttributeName: "expires", Enabled },
    }),
  );
}

async function putExpiring(TableName: string, expiresMs: number, sk: string = randomUUID()) {
  const Key = { pk: { S: "expiring" }, sk: { S: sk } };
  const expires = { N: String(Math.floor(expiresMs / 1000)) };
  const indexed = { status: { S: "expiring" }, rank: { N: "1" } };
  await dynamodb.client.send(
    new PutItemCommand({ TableName, Item: { ...Key, ...indexed, expires } }),
  );
  return Key;
}

async function exists(TableName: string, Key: Awaited<ReturnType<typeof putExpiring>>) {
  const found = await dynamodb.client.send(
    new GetItemCommand({ TableName, Key, ConsistentRead: true }),
  );
  return found.Item !== undefined;
}

test("says whether and by which attribute items expire", async () => {
  const TableName = await createTable(dynamodb.client);
  const describe = async () =>
    (await dynamodb.client.send(new DescribeTimeToLiveCommand({ TableName })))
      .TimeToLiveDescription;
  expect(await describe()).toMatchObject({ TimeToLiveStatus: "DISABLED" });
  await setTimeToLive(TableName, true);
  expect(await describe()).toMatchObject({
    TimeToLiveStatus: expect.stringMatching(/^ENABL/),
    AttributeName: "expires",
  });
});

test("deletes what has expired, its index rows included, and nothing else", async ({ skip }) => {
  const { embedded } = dynamodb;
  if (!embedded) return skip(noHooks);
  const TableName = await createTable(dynamodb.client);
  const before = await putExpiring(TableName, embedded.clock.now() + 50_000);
  await setTimeToLive(TableName, true);
  const soon = await putExpiring(TableName, embedded.clock.now() + 60_000);
  const later = await putExpiring(TableName, embedded.clock.now() + 600_000);
  const prolonged = await putExpiring(TableName, embedded.clock.now() + 60_000);
  await putExpiring(TableName, embedded.clock.now() + 600_000, prolonged.sk.S);
  const ancient = await putExpiring(TableName, 1_000);

  expect(await embedded.engine.expireNow()).toBe(0);
  embedded.clock.advanceSeconds(120);
  expect(await exists(TableName, soon)).toBe(true);
  expect(await embedded.engine.expireNow()).toBe(2);

  expect(await exists(TableName, before)).toBe(false);
  expect(await exists(TableName, soon)).toBe(false);
  for (const kept of [later, prolonged, ancient]) expect(await exists(TableName, kept)).toBe(true);
  const { Count } = await dynamodb.client.send(
    new QueryCommand({
      TableName,
      IndexName: "byStatus",
      KeyConditionExpression: "#status = :expiring",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":expiring": { S: "expiring" } },
    }),
  );
  expect(Count).toBe(3);
});

test("keeps items that are given a longer life while others expire", async ({ skip }) => {
  const { client, embedded } = dynamodb;
  if (!embedded) return skip(noHooks);
  const TableName = await createTable(client);
  await setTimeToLive(TableName, true);
  const nowMs = embedded.clock.now();
  const names = Array.from({ length: 600 }, (_, n) => String(n));
  const putAll = (expiresMs: number) =>
    Promise.all(names.map((sk) => putExpiring(TableName, expiresMs, sk)));
  const keys = await putAll(nowMs + 10_000);
  embedded.clock.advanceSeconds(60);
  await Promise.all([embedded.engine.expireNow(), putAll(nowMs + 3_600_000)]);
  const alive = await Promise.all(keys.map((Key) => exists(TableName, Key)));
  expect(alive.filter((isAlive) => !isAlive)).toEqual([]);
});

test("lets items live once expiry is switched off", async ({ skip }) => {
  const { embedded } = dynamodb;
  if (!embedded) return skip(noHooks);
  const TableName = await createTable(dynamodb.client);
  await setTimeToLive(TableName, true);
  const kept = await putExpiring(TableName, embedded.clock.now() + 1_000);
  await setTimeToLive(TableName, false);
  embedded.clock.advanceSeconds(60);
  expect(await embedded.engine.expireNow()).toBe(0);
  expect(await exists(TableName, kept)).toBe(true);
});
