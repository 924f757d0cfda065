import { randomUUID } from "node:crypto";
import {
  PutItemCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createTable, useDynamoDb } from "./client.ts";
import { findItem, freshKey, type Item } from "./items.ts";

const dynamodb = useDynamoDb();
let TableName: string;

beforeAll(async () => {
  TableName = await createTable(dynamodb.client);
});

const find = (key: Item) => findItem(dynamodb.client, TableName, key);

async function put(item: Item) {
  await dynamodb.client.send(new PutItemCommand({ TableName, Item: item }));
}

async function transact(items: TransactWriteItem[], ClientRequestToken?: string) {
  await dynamodb.client.send(
    new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken }),
  );
}

async function cancellation(items: TransactWriteItem[]): Promise<TransactionCanceledException> {
  const error = await transact(items).catch((thrown: unknown) => thrown);
  if (error instanceof TransactionCanceledException) return error;
  throw new Error("was not cancelled", { cause: error });
}

const absent = "attribute_not_exists(pk)";
const existing = "attribute_exists(pk)";

test("writes, changes and deletes several items as one", async () => {
  const [made, changed, deleted, checked] = [freshKey(), freshKey(), freshKey(), freshKey()];
  await put({ ...changed, count: { N: "1" } });
  await put(deleted);

  await transact([
    { Put: { TableName, Item: { ...made, name: { S: "new" } }, ConditionExpression: absent } },
    {
      Update: {
        TableName,
        Key: changed,
        UpdateExpression: "ADD #count :one",
        ConditionExpression: "#count = :one",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: { ":one": { N: "1" } },
      },
    },
    { Delete: { TableName, Key: deleted, ConditionExpression: existing } },
    { ConditionCheck: { TableName, Key: checked, ConditionExpression: absent } },
  ]);

  expect(await find(made)).toEqual({ ...made, name: { S: "new" } });
  expect(await find(changed)).toEqual({ ...changed, count: { N: "2" } });
  expect(await find(deleted)).toBeUndefined();
  expect(await find(checked)).toBeUndefined();
});

test("changes nothing when one condition fails and gives the reasons in the items' order", async () => {
  const [fresh, taken] = [freshKey(), { ...freshKey(), owner: { S: "someone" } }];
  const { owner: _, ...takenKey } = taken;
  await put(taken);

  const error = await cancellation([
    { Put: { TableName, Item: fresh } },
    {
      Put: {
        TableName,
        Item: takenKey,
        ConditionExpression: absent,
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    },
    { ConditionCheck: { TableName, Key: freshKey(), ConditionExpression: existing } },
  ]);

  expect(error.message).toContain("[None, ConditionalCheckFailed, ConditionalCheckFailed]");
  const [none, refused, withoutItem] = error.CancellationReasons ?? [];
  expect(none).toMatchObject({ Code: "None" });
  expect(refused).toMatchObject({ Code: "ConditionalCheckFailed", Item: taken });
  expect(withoutItem?.Code).toBe("ConditionalCheckFailed");
  expect(withoutItem?.Item).toBeUndefined();
  expect(await find(fresh)).toBeUndefined();
  expect(await find(takenKey)).toEqual(taken);
});

test("makes a transaction once however often its token comes", async () => {
  const key = freshKey();
  const token = randomUUID();
  const add = (n: string): TransactWriteItem[] => [
    {
      Update: {
        TableName,
        Key: key,
        UpdateExpression: "ADD #count :n",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: { ":n": { N: n } },
      },
    },
  ];

  await transact(add("1"), token);
  await transact(add("1"), token);
  await expect(transact(add("2"), token)).rejects.toMatchObject({
    name: "IdempotentParameterMismatchException",
  });

  expect((await find(key))?.count).toEqual({ N: "1" });
});

test("forgets a token after ten minutes", async ({ skip }) => {
  const { embedded } = dynamodb;
  if (!embedded) return skip("needs the embedded engine's clock");
  const [key, token] = [freshKey(), randomUUID()];
  await transact([{ Put: { TableName, Item: key } }], token);

  embedded.clock.advanceSeconds(10 * 60 + 1);
  await transact([{ Put: { TableName, Item: { ...key, again: { BOOL: true } } } }], token);

  expect((await find(key))?.again).toEqual({ BOOL: true });
});

test("refuses two operations on one item", async () => {
  const key = freshKey();
  await expect(
    transact([
      { Put: { TableName, Item: key } },
      { ConditionCheck: { TableName, Key: key, ConditionExpression: absent } },
    ]),
  ).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("multiple operations on one item"),
  });
});

test("takes 100 items and refuses 101, none and more than 4 MB", async () => {
  const puts = (count: number, payload = ""): TransactWriteItem[] =>
    Array.from({ length: count }, () => ({
      Put: { TableName, Item: { ...freshKey(), payload: { S: payload } } },
    }));

  await transact(puts(100));
  const invalid = { name: "ValidationException" };
  await expect(transact(puts(101))).rejects.toMatchObject(invalid);
  await expect(transact([])).rejects.toMatchObject(invalid);
  await expect(transact(puts(11, "x".repeat(390 * 1024)))).rejects.toMatchObject(invalid);
});

test("refuses a transaction on an unknown table", async () => {
  await expect(
    transact([{ Put: { TableName: "no-such-table", Item: freshKey() } }]),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("lets exactly one of many concurrent transactions win the same item", async () => {
  const key = freshKey();
  const attempts = Array.from({ length: 20 }, (_, n) =>
    transact([
      { Put: { TableName, Item: { ...key, by: { N: String(n) } }, ConditionExpression: absent } },
      { Put: { TableName, Item: freshKey() } },
    ]),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("keeps transactions, single writes and reads isolated from each other", async () => {
  const accounts = [freshKey(), freshKey(), freshKey()];
  for (const key of accounts) await put({ ...key, balance: { N: "100" } });
  const change = (key: Item, by: number) => ({
    TableName,
    Key: key,
    UpdateExpression: "SET balance = balance + :by ADD changes :one",
    ExpressionAttributeValues: { ":by": { N: String(by) }, ":one": { N: "1" } },
  });
  const total = async () => {
    const { Responses = [] } = await dynamodb.client.send(
      new TransactGetItemsCommand({
        TransactItems: accounts.map((Key) => ({ Get: { TableName, Key } })),
      }),
    );
    return Responses.reduce((sum, { Item }) => sum + Number(Item?.balance?.N), 0);
  };
  const account = fc.nat({ max: accounts.length - 1 }).map((n) => accounts[n] ?? freshKey());
  const transfer = fc.record({ from: account, to: account, amount: fc.nat({ max: 50 }) });

  await fc.assert(
    fc.asyncProperty(fc.array(transfer, { minLength: 2, maxLength: 12 }), async (transfers) => {
      const moves = transfers
        .filter(({ from, to }) => from !== to)
        .map(({ from, to, amount }) =>
          transact([{ Update: change(from, -amount) }, { Update: change(to, amount) }]),
        );
      const [first] = accounts;
      const single = dynamodb.client.send(new UpdateItemCommand(change(first ?? freshKey(), 0)));
      const totals = await Promise.all([total(), total(), ...moves.map(total)]);
      await Promise.all([...moves, single]);
      expect(new Set([...totals, await total()])).toEqual(new Set([300]));
    }),
    { numRuns: 15 },
  );
});
