import { expect, test } from "vitest";
import type { Content } from "../../../client/content.ts";
import { createClient } from "../../../client/create-client.ts";
import { scriptedFetch, success } from "./scripted-fetch.ts";

const topic = { cacheName: "orders", topicName: "paid" };

function clientOf(response: unknown) {
  const { fetch, requests } = scriptedFetch(success(response));
  return { hookcast: createClient({ url: "https://api.example", key: "hk_1", fetch }), requests };
}

test.each<[string, Content, string, string]>([
  ["a value", { value: { a: [1, null] } }, '{"a":[1,null]}', "application/json"],
  ["null", { value: null }, "null", "application/json"],
  [
    "written JSON",
    { json: ' {"n":9007199254740993}' },
    ' {"n":9007199254740993}',
    "application/json",
  ],
  ["text", { text: "größe" }, "größe", "text/plain"],
  ["no text", { text: "" }, "", "text/plain"],
  ["bytes", { bytes: Uint8Array.of(0x41, 0) }, "A\0", "application/octet-stream"],
])("publishes %s as it is", async (_, content, body, contentType) => {
  const { hookcast, requests } = clientOf({ messageId: "msg_1" });
  await hookcast.publish({ ...topic, ...content });
  expect(requests[0]).toMatchObject({ body, method: "POST" });
  expect(requests[0]?.headers.get("content-type")).toBe(contentType);
});

test("publishes at the publish URL, where it has one, and asks all else of the service", async () => {
  const { fetch, requests } = scriptedFetch(success({ messageId: "msg_1" }));
  const publishUrl = "https://abc.lambda-url.eu-central-1.on.aws/";
  const options = { url: "https://api.example", key: "hk_1", publishUrl, fetch };
  const hookcast = createClient(options);
  await hookcast.publish({ ...topic, value: 1 });
  await hookcast.publishBatch({ ...topic, messages: [{ value: 1 }] });
  await hookcast.getMessage({ cacheName: "orders", messageId: "msg_1" });
  expect(requests.map(({ url }) => url)).toEqual([
    "https://abc.lambda-url.eu-central-1.on.aws/api/v1/caches/orders/topics/paid",
    "https://abc.lambda-url.eu-central-1.on.aws/api/v1/caches/orders/topics/paid/batch",
    "https://api.example/api/v1/caches/orders/messages/msg_1",
  ]);
  for (const { headers } of requests) expect(headers.get("authorization")).toBe("Bearer hk_1");
});

test("publishes with a content type, a filter and a key of the caller's", async () => {
  const { hookcast, requests } = clientOf({ messageId: "msg_1" });
  await hookcast.publish({
    ...topic,
    ...{ text: "a,b", contentType: "text/csv", event: "invoice.paid", productId: 0 },
    idempotencyKey: "mine",
  });
  expect(requests[0]?.url).toBe(
    "https://api.example/api/v1/caches/orders/topics/paid?event=invoice.paid&productId=0",
  );
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
    "content-type": "text/csv",
    "idempotency-key": "mine",
  });
});

test("publishes a batch in which every value keeps its own text", async () => {
  const { hookcast, requests } = clientOf({ results: [] });
  const idempotencyKey = "k";
  await hookcast.publishBatch({
    ...topic,
    messages: [
      { value: { a: 1 }, event: 101, idempotencyKey },
      { json: "9007199254740993", productId: 7, idempotencyKey },
      { text: 'say "hi"', idempotencyKey: null },
      { bytes: Uint8Array.of(0xff, 0, 0xfe), idempotencyKey: null },
    ],
  });
  expect(requests[0]?.body).toBe(
    '{"messages":[{"value":{"a":1},"event":101,"idempotencyKey":"k"},' +
      '{"value":9007199254740993,"productId":7,"idempotencyKey":"k"},' +
      '{"text":"say \\"hi\\""},{"binary":"/wD+"}]}',
  );
});

test("sends no batch in which written JSON would pose as another message", async () => {
  const { hookcast, requests } = clientOf({ results: [] });
  const messages = [{ json: '1},{"value":2' }];
  await expect(hookcast.publishBatch({ ...topic, messages })).rejects.toThrow(SyntaxError);
  expect(requests).toEqual([]);
});

test("publishes nothing for a value that JSON has not", async () => {
  const { hookcast, requests } = clientOf({ messageId: "msg_1" });
  await expect(hookcast.publish({ ...topic, value: undefined })).rejects.toThrow(
    "the value is not JSON",
  );
  expect(requests).toEqual([]);
});
