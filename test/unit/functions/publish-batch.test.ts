import { expect, test } from "vitest";
import { publishBatch } from "../../../functions/http/messages/publish-batch.ts";
import { routes } from "../../../shared/contract/routes.ts";
import type { PublishDeps } from "../../../shared/delivery/publish/entrance-deps.ts";
import { readRequest } from "../../../shared/runtime/request.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "../delivery/publish/dispatch-deps.ts";
import { httpEvent } from "./http-event.ts";

const one = subscribersOf(subscriptions(1));
const params = { cacheName: "orders", topicName: "paid" };

async function send(body: string | object, deps: PublishDeps = dispatchDeps(one).deps) {
  return publishBatch(readRequest(routes.publishBatch, httpEvent({ params, body })), deps);
}

const invalid = { error: { code: "INVALID_ARGUMENT_ERROR" } };
const accepted = { messageId: expect.stringMatching(/^msg_/) };

test("keeps each value in its own text", async () => {
  const { deps, trace } = dispatchDeps(one);
  const values = ["9007199254740993", '{ "a":1.0,  "a":2, "__proto__":3 }', '"]}"', "null", "[ ]"];
  const entries = values.map((value, n) => `{"event":${n}, "value" : ${value} }`);
  const { results } = await send(`{ "messages": [${entries.join(" , ")}] }`, deps);
  expect(results).toEqual(values.map(() => accepted));
  expect(trace.jobs.map(({ payload }) => payload)).toEqual(
    values.map((text) => ({ kind: "json", text })),
  );
  expect(trace.jobs.map(({ message }) => message.event)).toEqual([0, 1, 2, 3, 4]);
});

test("takes texts and bytes", async () => {
  const { deps, trace } = dispatchDeps(one);
  await send({ messages: [{ text: "größe" }, { binary: "AP8=" }] }, deps);
  expect(trace.jobs).toMatchObject([
    {
      payload: { kind: "text", text: "größe" },
      message: { contentType: "text/plain; charset=utf-8" },
    },
    {
      payload: { kind: "binary", base64: "AP8=" },
      message: { contentType: "application/octet-stream" },
    },
  ]);
});

test("lets a bad entry fail alone, in its place", async () => {
  const messages = [
    { value: 1 },
    { value: 1, text: "x" },
    {},
    "text",
    { binary: "?" },
    { value: 1, note: 1 },
    { value: 1, event: "?" },
    { text: "x".repeat(262_145) },
    { text: "\ud800" },
    { text: "y" },
  ];
  const { results } = await send({ messages });
  expect(results).toMatchObject([
    accepted,
    invalid,
    invalid,
    invalid,
    invalid,
    invalid,
    invalid,
    { error: { code: "PAYLOAD_TOO_LARGE_ERROR" } },
    invalid,
    accepted,
  ]);
});

test("answers 503 only when the queue took nothing", async () => {
  const refusing = (count: number) =>
    dispatchDeps(one, { deliveries: { send: async (jobs) => jobs.slice(0, count) } }).deps;
  const messages = [{ value: 1 }, { value: 2 }];
  expect((await send({ messages }, refusing(1))).results).toMatchObject([
    { error: { code: "SERVER_UNAVAILABLE" } },
    accepted,
  ]);
  await expect(send({ messages }, refusing(2))).rejects.toMatchObject({ status: 503 });
});

test("answers 200 for a batch of which nothing was good", async () => {
  expect((await send({ messages: [{}, {}] })).results).toMatchObject([invalid, invalid]);
});

test("takes 1 to 100 messages", async () => {
  const messages = Array.from({ length: 101 }, () => ({ value: 1 }));
  expect((await send({ messages: messages.slice(1) })).results).toHaveLength(100);
  await expect(send({ messages })).rejects.toMatchObject({ status: 400 });
  await expect(send({ messages: [] })).rejects.toMatchObject({ status: 400 });
});

test("takes 1 MiB and not one byte more", async () => {
  const entry = JSON.stringify({ text: "x".repeat(262_000) });
  const batch = `{"messages":[${[entry, entry, entry, entry].join(",")}]}`;
  const filled = batch.padEnd(1_048_576);
  expect((await send(filled)).results).toHaveLength(4);
  await expect(send(`${filled} `)).rejects.toMatchObject({ status: 413 });
});

test("takes a value nested as deep as its size allows", async () => {
  const depth = 100_000;
  const value = "[".repeat(depth) + "]".repeat(depth);
  expect((await send(`{"messages":[{"value":${value}}]}`)).results).toEqual([accepted]);
});

test("counts each entry against the key's quota", async () => {
  const { deps } = dispatchDeps(one);
  const taken: unknown[] = [];
  const quota = { take: async (...args: unknown[]) => void taken.push(args) };
  await send({ messages: [{ text: "a" }, { text: "b" }, { nonsense: 1 }] }, { ...deps, quota });
  expect(taken).toEqual([["key_1", 3, deps.now()]]);
});
