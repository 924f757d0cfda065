import { expect, test } from "vitest";
import type { Invoke } from "../../../local/lambda/functions.ts";
import { Event, echoed, refusal, serve } from "./gateway-under-test.ts";

test("hands a request over in payload format 2.0", async () => {
  const url = await serve([{ routeKey: "POST /a/{one}/{two}" }]);
  const answer = await fetch(`${url}/a/x%20y/%C3%A9?q=1&q=2&z=%26`, {
    method: "POST",
    body: "tëxt",
    headers: { "content-type": "text/plain", "X-Custom": "v", cookie: "a=1; b=2" },
  });
  const event = Event.parse(await answer.json());
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: "POST /a/{one}/{two}",
    rawPath: "/a/x y/é",
    rawQueryString: "q=1&q=2&z=%26",
    cookies: ["a=1", "b=2"],
    headers: { "content-type": "text/plain", "x-custom": "v", host: new URL(url).host },
    queryStringParameters: { q: "1,2", z: "&" },
    pathParameters: { one: "x y", two: "é" },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      http: { method: "POST", path: "/a/x y/é", protocol: "HTTP/1.1", sourceIp: "127.0.0.1" },
      requestId: answer.headers.get("apigw-requestid"),
      routeKey: "POST /a/{one}/{two}",
      stage: "$default",
      time: expect.stringMatching(/^\d{2}\/\w{3}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: "tëxt",
    isBase64Encoded: false,
  });
  expect(event.headers).not.toHaveProperty("cookie");
});

test.each<[string, string | undefined, Buffer, boolean]>([
  ["JSON", "application/json", Buffer.from("{}"), false],
  ["JSON of a kind", "application/cloudevents+json; charset=utf-8", Buffer.from("{}"), false],
  ["text", "text/csv", Buffer.from("é"), false],
  ["text that is not UTF-8", "text/plain", Buffer.from([0xff, 0xfe]), true],
  ["bytes", "application/octet-stream", Buffer.from("abc"), true],
  ["a form", "application/x-www-form-urlencoded", Buffer.from("a=b"), true],
])("passes %s on without loss", async (_, contentType, body, isBase64Encoded) => {
  const url = await serve([{}]);
  const headers = { "content-type": contentType ?? "" };
  const event = await echoed(fetch(url, { method: "POST", body: new Uint8Array(body), headers }));
  expect(event.isBase64Encoded).toBe(isBase64Encoded);
  expect(Buffer.from(event.body ?? "", isBase64Encoded ? "base64" : "utf8")).toEqual(body);
});

test("answers what the function says, cookies and bytes included", async () => {
  const url = await serve([{}], async () => ({
    statusCode: 201,
    headers: { "X-A": "1", "Content-Type": "image/png", Connection: "close" },
    cookies: ["a=1", "b=2; Path=/"],
    body: Buffer.from([0, 255]).toString("base64"),
    isBase64Encoded: true,
  }));
  const answer = await fetch(url);
  expect(answer.status).toBe(201);
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("x-a")).toBe("1");
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
});

test.each<[string, unknown, string]>([
  ["an object", { a: 1 }, '{"a":1}'],
  ["a text", "hi", "hi"],
  ["nothing", null, "null"],
])("answers 200 with %s that has no status code", async (_, result, body) => {
  const answer = await fetch(await serve([{}], async () => result));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await answer.text()).toBe(body);
});

test.each<[string, Invoke]>([
  ["fails", () => Promise.reject(new Error("no"))],
  ["answers a status that is none", async () => ({ statusCode: "many" })],
  ["answers a body that is no text", async () => ({ statusCode: 200, body: {} })],
  ["answers a header that none can be", async () => ({ statusCode: 200, headers: { a: "\n" } })],
])("answers 500 when the function %s", async (_, invoke) => {
  const answer = await fetch(await serve([{}], invoke));
  expect(await refusal(answer)).toEqual([500, { message: "Internal Server Error" }]);
});
