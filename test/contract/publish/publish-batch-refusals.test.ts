import { expect, test } from "vitest";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { publishBatch } from "./messages.ts";

const { root } = await openService();
const topic = { cacheName: freshCache(), topicName: "t" };

const refused = async (sent: { json?: unknown; body?: string }) =>
  refusalOf(await root.call("publishBatch", topic, sent));

test("a bad entry fails alone, in its place", async () => {
  const long = "a".repeat(262_145);
  const bad: [unknown, string, string[]][] = [
    [1, "INVALID_ARGUMENT_ERROR", ["body"]],
    [null, "INVALID_ARGUMENT_ERROR", ["body"]],
    [{}, "INVALID_ARGUMENT_ERROR", ["body"]],
    [{ value: 1, text: "a" }, "INVALID_ARGUMENT_ERROR", ["body"]],
    [{ text: 1 }, "INVALID_ARGUMENT_ERROR", ["text"]],
    [{ text: "\ud800" }, "INVALID_ARGUMENT_ERROR", ["text"]],
    [{ binary: "A" }, "INVALID_ARGUMENT_ERROR", ["binary"]],
    [{ binary: "AA==AA==" }, "INVALID_ARGUMENT_ERROR", ["binary"]],
    [
      { value: 1, event: "", productId: "x", more: 1 },
      "INVALID_ARGUMENT_ERROR",
      ["event", "more", "productId"],
    ],
    [{ value: 1, idempotencyKey: "" }, "INVALID_ARGUMENT_ERROR", ["idempotencyKey"]],
    [{ text: long }, "PAYLOAD_TOO_LARGE_ERROR", []],
  ];
  const results = await publishBatch(root, topic, {
    json: { messages: bad.flatMap(([entry]) => [entry, { value: "good" }]) },
  });
  const failed = results.filter((_, index) => index % 2 === 0).map(({ error }) => error);
  expect(
    failed.map((error) => [error?.code, error?.details?.map((detail) => detail.path).sort() ?? []]),
  ).toEqual(bad.map(([, code, paths]) => [code, paths]));
  const good = results.filter((_, index) => index % 2 === 1);
  expect(new Set(good.map(({ messageId }) => messageId)).size).toBe(bad.length);
});

test("does not overlook a field by the name __proto__", async () => {
  const body = '{"messages":[{"value":1,"__proto__":2}]}';
  const [result] = await publishBatch(root, topic, { body });
  expect(result?.error?.details?.map((detail) => detail.path)).toEqual(["__proto__"]);
  expect(await refused({ body: '{"messages":[{"value":1}],"__proto__":1}' })).toEqual(
    badFields("__proto__"),
  );
});

test.each([
  ["no messages", { json: {} }, ["messages"]],
  ["an empty list", { json: { messages: [] } }, ["messages"]],
  ["101 messages", { json: { messages: Array(101).fill({ value: 1 }) } }, ["messages"]],
  ["something else", { json: { messages: {} } }, ["messages"]],
  ["an unknown field", { json: { messages: [{ value: 1 }], topic: "t" } }, ["topic"]],
  ["no JSON", { body: "{" }, ["body"]],
  ["no body", {}, ["body"]],
])("refuses %s", async (_, sent, paths) => {
  expect(await refused(sent)).toEqual(badFields(...paths));
});

test("answers 413 to a batch over 1 MiB, and takes one of exactly that", async () => {
  const filled = (bytes: number) => {
    const empty = '{"messages":[{"text":"a"}]}';
    return " ".repeat(bytes - empty.length) + empty;
  };
  expect(await refused({ body: filled(1_048_577) })).toMatchObject({
    status: 413,
    code: "PAYLOAD_TOO_LARGE_ERROR",
  });
  expect(await publishBatch(root, topic, { body: filled(1_048_576) })).toHaveLength(1);
});
