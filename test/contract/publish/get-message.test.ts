import { expect, test } from "vitest";
import * as z from "zod/mini";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { succeed } from "../webhooks.ts";
import { publish, publishBatch } from "./messages.ts";

const { root } = await openService();
const topic = { cacheName: freshCache(), topicName: "t" };
const unknown = { status: 404, code: "NOT_FOUND_ERROR", paths: [] };

const Times = z.object({
  response: z.object({ publishedTime: z.string(), expiresTime: z.string() }),
});

const read = (messageId: string, cacheName = topic.cacheName) =>
  root.call("getMessage", { cacheName, messageId });

test("answers a message with all that it was published with", async () => {
  const query = { event: "101", productId: "-7" };
  const messageId = await publish(root, topic, { json: { amount: 12 }, query });
  const { body } = await read(messageId);
  const { publishedTime, expiresTime } = z.parse(Times, body).response;
  expect(body).toEqual({
    status: "success",
    response: {
      messageId,
      ...topic,
      event: 101,
      productId: -7,
      contentType: "application/json",
      publishedTime,
      expiresTime,
      value: { amount: 12 },
    },
  });
  expect(Math.abs(Date.parse(publishedTime) - Date.now())).toBeLessThan(60_000);
  const days = (Date.parse(expiresTime) - Date.parse(publishedTime)) / 86_400_000;
  expect(days).toBeCloseTo(30, 4);
});

test("answers null where there is neither event nor productId", async () => {
  const { body } = await read(await publish(root, topic));
  expect(body).toMatchObject({ response: { event: null, productId: null } });
});

test.each([
  [
    "numbers, spaces and keys",
    '{ "id":9007199254740993,  "a":1,"a":1.0,"__proto__": [ ],\n"\\u00e9":1E+2 }',
    "application/json",
  ],
  ["half of a pair", '"\\ud800"', "application/vnd.example+json"],
  ["deep lists", "[".repeat(5000) + "]".repeat(5000), "application/json"],
])("answers JSON in its own spelling: %s", async (_, body, contentType) => {
  const messageId = await publish(root, topic, { body, headers: { "content-type": contentType } });
  const answer = await read(messageId);
  expect(answer.text).toContain(`"value":${body}`);
  expect(answer.body).toMatchObject({ response: { contentType } });
});

test.each([
  [
    "text/plain",
    Buffer.from('Grüße "\u{1f600}" \0\u{ffff}'),
    { text: 'Grüße "\u{1f600}" \0\u{ffff}' },
  ],
  ["text/html; charset=utf-8", Buffer.alloc(0), { text: "" }],
  ["application/octet-stream", Buffer.from([0, 255, 128]), { binary: "AP+A" }],
  ["image/png", Buffer.alloc(0), { binary: "" }],
])("answers %s under the name of its kind", async (contentType, body, shown) => {
  const messageId = await publish(root, topic, { body, headers: { "content-type": contentType } });
  const answer = await read(messageId);
  expect(answer.body).toMatchObject({ response: { contentType, ...shown } });
  expect(
    Object.keys(shown)
      .concat("value")
      .filter((name) => answer.text.includes(`"${name}":`)),
  ).toEqual(Object.keys(shown));
});

test("answers the longest value whole", async () => {
  const body = `"${"é".repeat(131_071)}"`;
  const messageId = await publish(root, topic, { body });
  expect((await read(messageId)).text).toContain(body);
});

test("answers the messages of a batch", async () => {
  const messages = [{ value: 1 }, { text: "a", event: "paid" }, { binary: "AA==", productId: 3 }];
  const results = await publishBatch(root, topic, { json: { messages } });
  const answers = await Promise.all(results.map(({ messageId = "" }) => read(messageId)));
  expect(answers.map(({ body }) => body)).toMatchObject(messages.map((response) => ({ response })));
});

test("does not know a message of another cache, nor one that never was", async () => {
  const messageId = await publish(root, topic);
  expect(refusalOf(await read(messageId, freshCache()))).toEqual(unknown);
  expect(refusalOf(await read("msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN"))).toEqual(unknown);
  expect(refusalOf(await read("msg_7ZZZZZZZZZZZZZZZZZZZZZZZZZ"))).toEqual(unknown);
});

test.each(["msg_", "12345", "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN", "msg_8ZZZZZZZZZZZZZZZZZZZZZZZZZ"])(
  "calls %s a malformed id",
  async (messageId) => expect(refusalOf(await read(messageId))).toEqual(badFields("messageId")),
);

test("carries the request's id", async () => {
  const { headers } = await succeed(root, "getMessage", {
    ...topic,
    messageId: await publish(root, topic),
  });
  expect(headers["x-request-id"]).toMatch(/\S+/);
});
