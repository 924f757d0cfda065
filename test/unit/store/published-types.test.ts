import { beforeEach, expect, test } from "vitest";
import { openPublishedTypes } from "../../../shared/store/event-types/published-types.ts";
import { keys } from "../../../shared/store/keys.ts";
import type { Database } from "../../../shared/store/table/database.ts";
import type { Row } from "../../../shared/store/table/rows.ts";

const minute = 60_000;
let nowMs: number;
let rows: Map<string, Row>;
let calls: string[];
let isDown: boolean;

beforeEach(() => {
  process.env.WEBHOOKS_TABLE = "webhooks";
  [nowMs, rows, calls, isDown] = [0, new Map(), [], false];
});

function put(event: string, row: Row): void {
  const key = keys.eventType("paid", event);
  const usual = { v: 1, status: "active", validate: "enforce", schema: '{"type":"object"}' };
  rows.set(key.pk, { ...key, ...usual, ...row });
}

function open() {
  const read = (pk: string) => {
    if (isDown) throw new Error("down");
    return rows.get(pk);
  };
  const database = {
    open: () => ({
      async get({ pk }: { pk: string }) {
        calls.push(pk);
        return read(pk);
      },
    }),
    async readAll(wanted: Record<string, { pk: string }[]>) {
      const pks = Object.values(wanted)
        .flat()
        .map(({ pk }) => pk);
      if (pks.length > 0) calls.push(pks.join(" "));
      return { webhooks: pks.flatMap((pk) => read(pk) ?? []) };
    },
  };
  // The store reads in these two ways alone.
  return openPublishedTypes(database as unknown as Database, () => nowMs);
}

test("a warm publish makes no call, whether there is a type or none; after a minute it asks again", async () => {
  put("known", {});
  const types = open();
  for (const event of ["known", "unknown"]) {
    for (let n = 0; n < 3; n += 1) await types.find("paid", [event]);
  }
  expect(calls).toEqual(["event-type/paid/known", "event-type/paid/unknown"]);
  nowMs = minute - 1;
  expect((await types.find("paid", ["known", "unknown"])).size).toBe(1);
  expect(calls).toHaveLength(2);
  put("unknown", { validate: "off" });
  nowMs = minute;
  expect([...(await types.find("paid", ["known", "unknown"])).keys()]).toEqual([
    "known",
    "unknown",
  ]);
  expect(calls.slice(2)).toEqual(["event-type/paid/known event-type/paid/unknown"]);
});

test("those who ask at the same time share one call, and one that failed is not remembered", async () => {
  put("known", {});
  const types = open();
  await Promise.all([types.find("paid", ["known"]), types.find("paid", ["known"])]);
  expect(calls).toHaveLength(1);
  isDown = true;
  await expect(types.find("paid", ["other"])).rejects.toThrow("down");
  isDown = false;
  expect(await types.find("paid", ["other"])).toEqual(new Map());
});

test("an archived type is unknown, and one without validation checks nothing", async () => {
  put("archived", { status: "archived" });
  put("off", { validate: "off" });
  put("bare", { schema: "null" });
  put("warned", { validate: "warn" });
  const found = await open().find("paid", ["archived", "off", "bare", "warned"]);
  const modes = [...found].map(([event, { check }]) => [event, check?.mode]);
  expect(modes).toEqual([
    ["off", undefined],
    ["bare", undefined],
    ["warned", "warn"],
  ]);
});

test("made-up events push each other out, so that the cache is bounded", async () => {
  const types = open();
  await types.find("paid", ["first"]);
  for (let n = 0; n < 1_000; n += 1) await types.find("paid", [`made.up-${n}`]);
  calls = [];
  await types.find("paid", ["made.up-999"]);
  expect(calls).toEqual([]);
  await types.find("paid", ["first"]);
  expect(calls).toHaveLength(1);
});

test("schemas push each other out by their length", async () => {
  const long = JSON.stringify({ description: "x".repeat(60_000) });
  const types = open();
  for (let n = 0; n < 80; n += 1) {
    put(`long-${n}`, { schema: long });
    await types.find("paid", [`long-${n}`]);
  }
  calls = [];
  await types.find("paid", ["long-79"]);
  expect(calls).toEqual([]);
  await types.find("paid", ["long-0"]);
  expect(calls).toHaveLength(1);
});
