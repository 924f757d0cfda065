import { beforeEach, describe, expect, test } from "vitest";
import { MemoryOutbox } from "../../../ops/simulate/memory/memory-outbox.ts";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { type OutboxStore, openOutboxStore } from "../../../shared/store/messages/outbox-store.ts";
import { type Row, toItem } from "../../../shared/store/table/rows.ts";
import { useTables } from "./embedded-tables.ts";

useTables();

const time = "2024-01-25T12:00:00Z";
const row = { id: "a", time, cacheName: "orders", value: "1" };
let ids = 0;

const memory = new MemoryOutbox();
const engines: Record<string, { store: () => OutboxStore; put: (row: Row) => Promise<void> }> = {
  "in DynamoDB": {
    store: openOutboxStore,
    put: async (row) => {
      await dynamoDb.call("PutItem", { TableName: "OUTBOX_TABLE", Item: toItem(row) });
    },
  },
  "in memory": {
    store: () => memory,
    put: async (row) => void memory.put({ id: "", ...row }),
  },
};

describe.each(Object.entries(engines))("%s", (_name, { store, put }) => {
  let id = "";
  beforeEach(async () => {
    ids += 1;
    id = `row-${ids}`;
    await put({ ...row, id });
  });

  async function only() {
    const [found] = await store().read([id]);
    if (!found) throw new Error("no row");
    return found;
  }

  test("rows are read as they were written, and those that are gone are left out", async () => {
    expect(await store().read([id, "gone"])).toEqual([
      {
        id,
        time: { S: time },
        fields: { ...row, id },
        isRefused: false,
        mark: undefined,
      },
    ]);
  });

  test("a row that is removed is gone, and one that was written anew under its id is not", async () => {
    const found = await only();
    await put({ ...row, id, time: "2024-01-25T12:00:01Z" });
    await store().remove(found);
    expect(await store().read([id])).toHaveLength(1);
    await store().remove(await only());
    expect(await store().read([id])).toEqual([]);
    await store().remove(found);
  });

  test("a refused row keeps what it holds, with the reason beside it", async () => {
    await store().refuse(await only(), "no good");
    expect(await only()).toMatchObject({ fields: { ...row, id }, isRefused: true });
    const { heads } = await store().page(undefined);
    expect(heads.find((head) => head.id === id)).toEqual({
      id,
      time: { S: time },
      reason: "no good",
    });
  });

  test("a row that is gone or another is not refused, and does not come back", async () => {
    const found = await only();
    await store().remove(found);
    await store().refuse(found, "no good");
    expect(await store().takeUp(found, 1)).toBe(false);
    expect(await store().read([id])).toEqual([]);
  });

  test("of those that take a row up at once, one sets its time", async () => {
    const found = await only();
    expect(await store().takeUp(found, 1_000)).toBe(true);
    expect(await store().takeUp(found, 2_000)).toBe(false);
    const taken = await only();
    expect(taken).toMatchObject({ fields: { ...row, id }, mark: { N: "1000" } });
    expect(await store().takeUp(taken, 3_000)).toBe(true);
    expect(await only()).toMatchObject({ mark: { N: "3000" } });
  });

  test("a row without a time is refused and removed, too", async () => {
    await put({ id });
    const found = await only();
    await store().refuse(found, "no time");
    expect(await only()).toMatchObject({ isRefused: true, time: undefined });
    await put({ ...row, id });
    await store().remove(found);
    expect(await store().read([id])).toHaveLength(1);
    await put({ id });
    await store().remove(await only());
    expect(await store().read([id])).toEqual([]);
  });

  test("pages hold every row once", async () => {
    for (let n = 0; n < 250; n += 1) await put({ ...row, id: `${id}-${n}` });
    const found: string[] = [];
    let after: string | undefined;
    do {
      const { heads, last } = await store().page(after);
      expect(heads.length).toBeLessThanOrEqual(100);
      found.push(...heads.map((head) => head.id));
      after = last;
    } while (after !== undefined);
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((each) => each.startsWith(`${id}-`))).toHaveLength(250);
  });
});

test("a number that cannot be read spoils its own row alone", async () => {
  const Item = { ...toItem({ ...row, id: "spoilt" }), event: { N: "12345678901234567890.5" } };
  await dynamoDb.call("PutItem", { TableName: "OUTBOX_TABLE", Item });
  await engines["in DynamoDB"]?.put({ ...row, id: "fine" });
  const found = await openOutboxStore().read(["spoilt", "fine"]);
  expect(found.map(({ id, fields }) => [id, fields !== undefined])).toEqual([
    ["spoilt", false],
    ["fine", true],
  ]);
});
