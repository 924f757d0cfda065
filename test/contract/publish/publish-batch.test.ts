import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { subscribe } from "../webhooks.ts";
import { publish, publishBatch } from "./messages.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const topic = { cacheName: freshCache(), topicName: "t" };
const raw = { topicName: "t", config: { format: "raw" } };
const { path } = await subscribe(root, receiver, { ...topic, webhookName: "w" }, raw);

async function arrived(messageId: string | undefined) {
  return eventually(() => receiver.find(path, messageId ?? ""));
}

const batch = (...messages: unknown[]) => publishBatch(root, topic, { json: { messages } });

test("answers one result for each message, in order, and delivers each", async () => {
  const results = await batch({ value: 1 }, { text: "two" }, { binary: "AP8=" }, { value: null });
  const bodies = await Promise.all(results.map(({ messageId }) => arrived(messageId)));
  expect(bodies.map(({ body }) => body.toString("latin1"))).toEqual(["1", "two", "\0\xff", "null"]);
  expect(bodies.map(({ headers }) => headers["content-type"]?.split(";")[0])).toEqual([
    "application/json",
    "text/plain",
    "application/octet-stream",
    "application/json",
  ]);
});

const spellings = [
  "9007199254740993",
  "-12345678901234567890.10E+2",
  '{ "b":1 , "a":2,"a":3,\t"__proto__":{"x":[ ]},\n"constructor":null }',
  '"\\u00e9\\ud800 \\"]} \\\\"',
  '"\u{fffe}\u{ffff}\u{1f600}"',
  '{"value":{"value":1},"messages":[{"value":2}]}',
  "  [ 1,2 , { } ]".trim(),
  "true",
  '""',
];

test("keeps the text of every value byte for byte", async () => {
  const entries = spellings.map((text) => `{"productId":1 ,"value" : ${text} , "event":"a"}`);
  const body = ` { "messages" : [ ${entries.join(" , ")} ] } `;
  const results = await publishBatch(root, topic, { body });
  const deliveries = await Promise.all(results.map(({ messageId }) => arrived(messageId)));
  expect(deliveries.map((delivery) => delivery.body.toString())).toEqual(spellings);
});

test("takes the last of repeated keys, and keys in any spelling, as JSON does", async () => {
  const body = '{"messages":[],"messages":[{"value":1,"\\u0076alue":"last"},{"value":[2]}]}';
  const results = await publishBatch(root, topic, { body });
  const deliveries = await Promise.all(results.map(({ messageId }) => arrived(messageId)));
  expect(deliveries.map((delivery) => delivery.body.toString())).toEqual(['"last"', "[2]"]);
});

test("takes a value that is nested as deep as its size allows", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const body = `{"messages":[{"value":${deep}},{"value":1}]}`;
  const results = await publishBatch(root, topic, { body });
  expect((await arrived(results[0]?.messageId)).body.toString()).toBe(deep);
});

test("takes the longest message of each kind", async () => {
  const most = 262_144;
  const results = await batch(
    { text: "a".repeat(most) },
    { binary: Buffer.alloc(most, 9).toString("base64") },
  );
  const lengths = results.map(async ({ messageId }) => (await arrived(messageId)).body.length);
  expect(await Promise.all(lengths)).toEqual([most, most]);
});

test("filters each message by its own event and productId", async () => {
  const id = { cacheName: topic.cacheName, webhookName: "picky" };
  const picky = await subscribe(root, receiver, id, {
    topicName: "picky",
    events: [101],
    productId: 7,
  });
  const json = {
    messages: [
      { value: 0 },
      { value: 1, event: 101 },
      { value: 2, event: 101, productId: 7 },
      { value: 3, event: "a101", productId: 7 },
      { value: 4, event: 101, productId: 7 },
    ],
  };
  const results = await publishBatch(root, { ...topic, topicName: "picky" }, { json });
  const wanted = [results[2]?.messageId, results[4]?.messageId];
  for (const messageId of wanted)
    await eventually(() => receiver.find(picky.path, messageId ?? ""));
  const got = receiver.deliveries.filter((delivery) => delivery.path === picky.path);
  expect(got.map(({ messageId }) => messageId).sort()).toEqual(wanted.sort());
});

test("twins in one batch are one message; rivals are refused", async () => {
  const results = await batch(
    { value: { a: 1 }, idempotencyKey: "k" },
    { value: { a: 1 }, idempotencyKey: "k" },
    { value: { a: 2 }, idempotencyKey: "k" },
    { value: { a: 1 } },
  );
  const [first, twin, rival, other] = results;
  expect(first?.messageId).toBe(twin?.messageId);
  expect(rival?.error?.code).toBe("ALREADY_EXISTS_ERROR");
  expect(other?.messageId).not.toBe(first?.messageId);

  const again = await publish(root, topic, {
    body: '{"a":1}',
    headers: { "content-type": "application/json", "idempotency-key": "k" },
  });
  expect(again).toBe(first?.messageId);
});

test("takes 100 messages", async () => {
  const results = await batch(...Array.from({ length: 100 }, (_, value) => ({ value })));
  expect(new Set(results.map(({ messageId }) => messageId)).size).toBe(100);
  for (const { messageId } of results) await arrived(messageId);
});

test("takes `event: null` and `productId: null` for none, and a code written any way", async () => {
  const body =
    '{"messages":[{"value":1,"event":null,"productId":null},{"value":2,"event":1.01e2}]}';
  const [none, code] = await publishBatch(root, topic, { body });
  const eventOf = async (messageId: string | undefined) =>
    (await root.call("getMessage", { ...topic, messageId: messageId ?? "" })).body;
  expect(await eventOf(none?.messageId)).toMatchObject({ response: { event: null } });
  expect(await eventOf(code?.messageId)).toMatchObject({ response: { event: 101 } });
});

test("refuses a negative event as a query and a list of events do", async () => {
  const refused = await root.call("publishBatch", topic, {
    json: { messages: [{ value: 1, event: -1 }] },
  });
  const details = [{ path: "event", message: expect.stringMatching(/from 0 to 9007199254740991/) }];
  expect(refused.body).toMatchObject({ response: { results: [{ error: { details } }] } });
  const queried = await root.call("publish", topic, { json: 1, query: { event: "-1" } });
  expect(queried.body).toMatchObject({ error: { details } });
});
