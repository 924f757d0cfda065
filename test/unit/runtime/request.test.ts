import { expect, test } from "vitest";
import type { Route } from "../../../shared/contract/route.ts";
import { routes } from "../../../shared/contract/routes.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { readRequest } from "../../../shared/runtime/request.ts";
import { callerWith, httpEvent } from "../functions/http-event.ts";

const put = routes.putWebhook;
const params = { cacheName: "orders", webhookName: "billing" };
const integerRule = "must be an integer from -9007199254740991 to 9007199254740991";
const body = { destination: { postUrl: "https://a.example/hook" }, topicName: "paid" };

function refusal(route: Route, request: Parameters<typeof httpEvent>[0]): AppError {
  try {
    readRequest(route, httpEvent(request));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("the request was not refused");
}

test("gives every part parsed, and who calls", () => {
  const request = {
    params,
    body,
    headers: { "if-match": "*", host: "x" },
    caller: { keyId: "key_9" },
  };
  expect(readRequest(put, httpEvent(request))).toEqual({
    params,
    query: undefined,
    headers: { "if-match": "*" },
    body,
    text: JSON.stringify(body),
    caller: callerWith({ keyId: "key_9" }),
  });
});

test("reads a query, whose numbers are texts", () => {
  const request = { params, query: { limit: "20", cursor: "abc" } };
  expect(readRequest(routes.listWebhooks, httpEvent(request)).query).toEqual({
    limit: 20,
    cursor: "abc",
  });
});

const webhookId = "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN";

test.each([
  "2026-11-27T08:00:00Z",
  "2026-11-27T10:00:00+02:00",
  "2026-11-27T10:00:00.000000+02:00",
  "2026-11-27T02:30:00.0-05:30",
])("takes the time %s in a query and in a body", (since) => {
  const list = { params: { webhookId }, query: { since, until: since } };
  expect(readRequest(routes.listDeliveries, httpEvent(list)).query.since).toBe(since);
  const recover = { params: { webhookId }, body: { since, mode: "failed" } };
  const read = readRequest(routes.recoverDeliveries, httpEvent(recover));
  expect(Date.parse(read.body.since ?? "")).toBe(Date.UTC(2026, 10, 27, 8));
});

test.each([
  "2026-11-27",
  "2026-11-27T10:00:00",
  "2026-11-27T10:00:00 02:00",
  "2026-11-27T10:00:00+24:00",
])("refuses the time %s, and says what a time is", (since) => {
  const { details } = refusal(routes.listDeliveries, { params: { webhookId }, query: { since } });
  expect(details).toEqual([{ path: "since", message: expect.stringMatching(/Z or an offset/) }]);
});

test.each([
  [{ cacheName: " " }, "cache name must not be empty"],
  [{ webhookName: "\t" }, "webhook name must not be empty"],
])("says of the blank name in %j exactly that it is empty", (blank, message) => {
  const error = refusal(put, { params: { ...params, ...blank }, body });
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT_ERROR", status: 400, message });
});

test("says of a blank topic in a path and in a body that it is empty", () => {
  const message = "topic name must not be empty";
  const path = { cacheName: "orders", topicName: "" };
  expect(refusal(routes.publish, { params: path, body: "" }).message).toBe(message);
  expect(refusal(put, { params, body: { ...body, topicName: " " } }).message).toBe(message);
});

test("lists every bad field once, by the caller's name for it", () => {
  const error = refusal(put, {
    params: { ...params, webhookName: "a?b" },
    headers: { "if-match": "unquoted" },
    body: { destination: { postUrl: 7, url: "x" }, productId: "12", events: [1, "?"], note: 1 },
  });
  expect(error.details?.map(({ path }) => path)).toEqual([
    "webhookName",
    "if-match",
    "destination.postUrl",
    "destination.url",
    "topicName",
    "productId",
    "events.1",
    "note",
  ]);
});

test.each([
  [{ destination: body.destination }, "topicName", "is required"],
  [{ topicName: "paid" }, "destination", "is required"],
  [{ ...body, destination: {} }, "destination.postUrl", "is required"],
  [{ ...body, destination: null }, "destination", "must be an object"],
  [{ ...body, destination: { postUrl: 5 } }, "destination.postUrl", "must be a string"],
  [{ ...body, secret: "x" }, "secret", "is not a known field"],
  [
    { ...body, config: { format: "xml" } },
    "config.format",
    "must be one of standard, raw, momento, thredd, cloudevents, slack, teams",
  ],
  [{ ...body, productId: 1.5 }, "productId", integerRule],
  [{ ...body, events: "paid" }, "events", "must be an array"],
  [{ ...body, config: { customHeaders: [] } }, "config.customHeaders", "must be an object"],
])("says of %j that %s %s", (sent, path, message) => {
  const error = refusal(put, { params, body: sent });
  expect(error.details).toEqual([{ path, message }]);
  expect(error.message).toBe(`${path} ${message}`);
});

test("says the first thing that is wrong with a field, and says it once", () => {
  const customHeaders = { a: "1", A: "ä" };
  expect(refusal(put, { params, body: { ...body, config: { customHeaders } } }).details).toEqual([
    { path: "config.customHeaders.A", message: "must be visible ASCII characters" },
  ]);
});

test("names an unknown parameter of the query", () => {
  const error = refusal(routes.listWebhooks, { params, query: { topic: "paid" } });
  expect(error.details).toEqual([{ path: "topic", message: "is not a known field" }]);
});

test.each(["{", "undefined", "\ufffe", "{'a':1}"])("refuses the body %j as not JSON", (text) => {
  const error = refusal(put, { params, body: text });
  expect(error).toMatchObject({
    status: 400,
    details: [{ path: "body", message: "must be JSON" }],
  });
});

test("refuses a body that is longer than any that it takes, before it reads it", () => {
  const { details } = refusal(put, { params, body: `{${" ".repeat(262_144)}` });
  expect(details).toEqual([{ path: "body", message: "must have at most 262144 bytes" }]);
});

test("refuses a batch that is too long before it reads it", () => {
  const topic = { cacheName: "orders", topicName: "paid" };
  const long = refusal(routes.publishBatch, { params: topic, body: `{${" ".repeat(1_048_576)}` });
  expect(long).toMatchObject({ code: "PAYLOAD_TOO_LARGE_ERROR", status: 413 });
});

test("names no more than a hundred bad fields", () => {
  const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, n]));
  expect(refusal(put, { params, body: JSON.stringify(unknown) }).details).toHaveLength(100);
});

test("refuses a body that is not UTF-8", () => {
  const latin1 = Buffer.from('{"topicName":"größe"}', "latin1").toString("base64");
  const error = refusal(put, { params, body: latin1, isBase64Encoded: true });
  expect(error.details).toEqual([{ path: "body", message: "must be UTF-8" }]);
});

test("asks for a body where there is none", () => {
  expect(refusal(put, { params }).details).toEqual([{ path: "body", message: "is required" }]);
});

test("complains of path, query and headers although the body is not JSON", () => {
  const error = refusal(put, { params: { ...params, webhookName: "" }, body: "{" });
  expect(error.details?.map(({ path }) => path)).toEqual(["webhookName", "body"]);
});

test.each(['{"__proto__":{}}', '{"destination":{"__proto__":null,"postUrl":"https://a.example"}}'])(
  "refuses %s, which a schema would step over",
  (text) => {
    const error = refusal(put, { params, body: text });
    expect(error.details).toContainEqual({ path: "__proto__", message: "is not a known field" });
  },
);

test("reads a body that the gateway had to encode", () => {
  const encoded = Buffer.from(JSON.stringify(body)).toString("base64");
  const request = { params, body: encoded, isBase64Encoded: true };
  expect(readRequest(put, httpEvent(request)).body).toEqual(body);
});

test("hands over a published body byte for byte, encoded or not, or empty", () => {
  const topic = { cacheName: "orders", topicName: "paid" };
  const read = (request: object) =>
    readRequest(routes.publish, httpEvent({ params: topic, ...request })).body;
  const bytes = Buffer.from([0, 255, 10, 195, 40]);
  expect(read({ body: bytes.toString("base64"), isBase64Encoded: true })).toEqual(bytes);
  expect(read({ body: '{ "größe" : 1e400 }' })).toEqual(Buffer.from('{ "größe" : 1e400 }'));
  expect(read({})).toEqual(Buffer.alloc(0));
});

const topic = { cacheName: "orders", topicName: "paid" };

test("lists what is bad in path, query, headers and value of a publish at once", () => {
  const error = refusal(routes.publish, {
    params: { ...topic, topicName: " " },
    query: { event: "-1", productId: "x", raw: "yes" },
    headers: { "content-type": "application/json", "idempotency-key": "a b" },
    body: "{",
  });
  expect(error.status).toBe(400);
  const paths = ["topicName", "event", "productId", "raw", "idempotency-key", "body"];
  expect(error.details?.map(({ path }) => path)).toEqual(paths);
});

test.each([
  { "content-type": "" },
  { "content-type": "text/plain; charset=latin1" },
  { "content-type": "application/x-www-form-urlencoded" },
])("lists the headers %j beside a bad query", (headers) => {
  const error = refusal(routes.publish, {
    params: topic,
    query: { event: "-1" },
    headers,
    body: "",
  });
  expect(error.details?.map(({ path }) => path)).toEqual(["event", "content-type"]);
});

test.each(["gzip", "br", "identity, gzip", "GZIP", "x"])(
  "refuses the content-encoding %s, and says what is taken",
  (encoding) => {
    const headers = { "content-encoding": encoding, "content-type": "application/json" };
    const bad = { params: topic, headers, body: "\x1f\x8b" };
    for (const route of [routes.publish, routes.publishBatch]) {
      expect(refusal(route, bad)).toMatchObject({
        status: 415,
        message: expect.stringContaining("content-encoding must be identity"),
        details: [{ path: "content-encoding" }],
        headers: { "accept-encoding": "identity" },
      });
    }
    const worse = refusal(routes.publish, { ...bad, query: { event: "-1" } });
    expect(worse.details?.map(({ path }) => path)).toEqual(["event", "content-encoding"]);
  },
);

test.each(["", "identity", "Identity, identity"])("takes the content-encoding %j", (encoding) => {
  const request = { params, body, headers: { "content-encoding": encoding } };
  expect(readRequest(put, httpEvent(request)).body).toEqual(body);
});

test.each(["iso-8859-1", "utf-16"])("refuses JSON in the charset %s", (charset) => {
  const headers = { "content-type": `application/json; charset=${charset}` };
  expect(refusal(put, { params, body, headers })).toMatchObject({
    status: 415,
    details: [{ path: "content-type" }],
  });
});
