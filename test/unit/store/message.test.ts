import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Payload } from "../../../shared/contract/message.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import { messageKey, openMessageStore } from "../../../shared/store/messages/message-store.ts";
import { openTable } from "../../../shared/store/table/table.ts";
import { factsWith, publishedTimeMs } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

useTables();
const store = openMessageStore();

function messageWith(payload: Payload) {
  const messageId = mintId("msg", publishedTimeMs, randomBytes(10));
  return { facts: factsWith({ messageId }), payload, expiresAt: 2_000_000_000 };
}

const odd = '{ "größe" : 9007199254740993, "a":1.0, "a":2, "\\ud800": "\uffff\ufffe\\u0000" }';
const payloads: [string, Payload][] = [
  ["JSON with odd spelling", { kind: "json", text: odd }],
  ["long JSON", { kind: "json", text: `[${`${odd},`.repeat(2_000)}0]` }],
  ["a text", { kind: "text", text: "a\0b\ufffe💳\r\n" }],
  ["an empty text", { kind: "text", text: "" }],
  ["no bytes", { kind: "binary", base64: "" }],
  [
    "every byte",
    { kind: "binary", base64: Buffer.from([...Array(256).keys()]).toString("base64") },
  ],
  [
    "bytes that do not compress",
    { kind: "binary", base64: randomBytes(262_144).toString("base64") },
  ],
  ["zeros that do", { kind: "binary", base64: Buffer.alloc(262_144).toString("base64") }],
];

test.each(payloads)("keeps %s byte for byte", async (_, payload) => {
  const message = messageWith(payload);
  await store.putAll([message]);
  expect(await store.find("orders", message.facts.messageId)).toEqual(message);
});

test("keeps all facts of many messages at once", async () => {
  const messages = Array.from({ length: 60 }, (_, index) => {
    const message = messageWith({ kind: "text", text: `message ${index}` });
    const event = index % 2 ? index : `invoice.paid_${index}`;
    return {
      ...message,
      facts: { ...message.facts, event, productId: index, sequenceNumber: index },
    };
  });
  await store.putAll(messages);
  for (const message of messages) {
    expect(await store.find("orders", message.facts.messageId)).toEqual(message);
  }
});

test("reads a row of the first version, which repeats what its key tells", async () => {
  const message = messageWith({ kind: "text", text: "old" });
  const { facts, expiresAt } = message;
  const value = Buffer.from("old");
  const row = { v: 1, facts, kind: "text", encoding: "plain", value, expiresAt };
  const { messageId } = facts;
  await openTable("MESSAGES_TABLE").put({ ...messageKey("orders", messageId), ...row });

  expect(await store.find("orders", messageId)).toEqual(message);
  expect(await store.findAll("orders", [messageId])).toEqual([message]);
});

test("does not find a message in another cache", async () => {
  const message = messageWith({ kind: "text", text: "x" });
  await store.putAll([message]);
  expect(await store.find("order", message.facts.messageId)).toBeUndefined();
});

test("writes nothing for no messages", async () => {
  await expect(store.putAll([])).resolves.toBeUndefined();
});

test("numbers a topic's messages from 1, without a repetition under concurrency", async () => {
  const takes = Array.from({ length: 20 }, (_, index) => 1 + (index % 3));
  const firsts = await Promise.all(takes.map((n) => store.nextNumbers("orders", "paid", n)));
  const taken = firsts.flatMap((first, index) =>
    Array.from({ length: takes[index] ?? 0 }, (_, n) => first + n),
  );
  const total = takes.reduce((sum, n) => sum + n, 0);
  expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => n + 1));
});

test("numbers each topic of each cache by itself", async () => {
  expect(await store.nextNumbers("numbers", "a", 1)).toBe(1);
  expect(await store.nextNumbers("numbers", "b", 1)).toBe(1);
  expect(await store.nextNumbers("numbers 2", "a", 1)).toBe(1);
  expect(await store.nextNumbers("numbers", "a", 1)).toBe(2);
});
