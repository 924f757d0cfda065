import { afterEach, expect, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { readAll, writeAll } from "../../../shared/store/table/database.ts";
import { toItem } from "../../../shared/store/table/rows.ts";
import { answerCalls } from "../aws/client-stub.ts";

afterEach(() => vi.restoreAllMocks());

const rows = Array.from({ length: 60 }, (_, n) => ({ pk: "p", sk: String(n) }));
const requests = rows.map((row) => ({ PutRequest: { Item: toItem(row) } }));
const unavailable = expect.objectContaining({ code: "SERVER_UNAVAILABLE", status: 503 });

test("writes rows in batches of 25", async () => {
  const inputs = answerCalls(dynamoDb, () => ({}));
  await writeAll("T", rows);
  expect(inputs).toEqual(
    [requests.slice(0, 25), requests.slice(25, 50), requests.slice(50)].map((batch) => ({
      RequestItems: { T: batch },
    })),
  );
});

test("writes again only the rows that were left unwritten", async () => {
  const left = requests.slice(1, 3);
  const inputs = answerCalls(dynamoDb, (_, call) =>
    call < 3 ? { UnprocessedItems: { T: left.slice(call - 1) } } : {},
  );
  await writeAll("T", rows.slice(0, 4));
  expect(inputs.slice(1)).toEqual([
    { RequestItems: { T: left } },
    { RequestItems: { T: left.slice(1) } },
  ]);
});

test("gives up writing after five tries", async () => {
  const inputs = answerCalls(dynamoDb, ({ RequestItems }: { RequestItems: unknown }) => ({
    UnprocessedItems: RequestItems,
  }));
  await expect(writeAll("T", rows.slice(0, 1))).rejects.toEqual(unavailable);
  expect(inputs).toHaveLength(5);
});

test("reads several tables in one consistent call, and leaves out tables of which nothing is wanted", async () => {
  const inputs = answerCalls(dynamoDb, () => ({
    Responses: { A: [toItem({ pk: "p", sk: "1", n: 1 })] },
  }));
  const wanted = { A: rows.slice(1, 2), B: rows.slice(2, 4), C: [] };
  expect(await readAll(wanted)).toEqual({ A: [{ pk: "p", sk: "1", n: 1 }] });
  expect(inputs).toEqual([
    {
      RequestItems: {
        A: { Keys: rows.slice(1, 2).map(toItem), ConsistentRead: true },
        B: { Keys: rows.slice(2, 4).map(toItem), ConsistentRead: true },
      },
    },
  ]);
});

test("makes no call where nothing is wanted", async () => {
  const inputs = answerCalls(dynamoDb, () => ({}));
  expect(await readAll({ A: [] })).toEqual({});
  expect(inputs).toEqual([]);
});

test("reads again only what was left unread, as consistently as before", async () => {
  const left = { A: { Keys: [toItem({ pk: "p", sk: "2" })], ConsistentRead: true } };
  const inputs = answerCalls(dynamoDb, (_, call) => ({
    Responses: { A: [toItem({ pk: "p", sk: String(call) })] },
    ...(call === 1 && { UnprocessedKeys: left }),
  }));
  expect(await readAll({ A: rows.slice(1, 3) })).toEqual({
    A: [
      { pk: "p", sk: "1" },
      { pk: "p", sk: "2" },
    ],
  });
  expect(inputs[1]).toEqual({ RequestItems: left });
});

test("gives up reading after five tries", async () => {
  const inputs = answerCalls(dynamoDb, ({ RequestItems }: { RequestItems: unknown }) => ({
    UnprocessedKeys: RequestItems,
  }));
  await expect(readAll({ A: rows.slice(0, 1) })).rejects.toEqual(unavailable);
  expect(inputs).toHaveLength(5);
});
