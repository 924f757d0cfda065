import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { expect, test } from "vitest";
import { guarded, operationNames, operations, pathOf } from "../document/operations.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { putWebhook } from "../webhooks.ts";

const { url, root, client, key } = await openService();
const nobody = client(undefined);

const params = {
  cacheName: "c",
  webhookName: "w",
  topicName: "t",
  webhookId: "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  messageId: "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  event: "invoice.paid",
  document: "openapi.json",
  jobId: "job_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  sessionId: "ses_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
};

test.each(guarded)("%s without Authorization is a 401", async (operation) => {
  const { status, body } = await nobody.call(operation, params, { json: {} });
  expect([status, body]).toEqual([401, { message: "Unauthorized" }]);
});

const swapped = `${key.slice(0, 40)}${key[40] === "A" ? "B" : "A"}${key.slice(41)}`;

test.each([
  ["junk", "Bearer hk_wrong"],
  ["no scheme", key],
  ["another scheme", `Basic ${key}`],
  ["a key with one letter changed", `Bearer ${swapped}`],
  ["a key cut short", `Bearer ${key.slice(0, -1)}`],
  ["two keys", `Bearer ${key} ${key}`],
])("%s is a 403", async (_, authorization) => {
  const target = "/api/v1/caches/c/webhooks";
  const { status, body } = await nobody.send({ method: "GET", target, headers: { authorization } });
  expect([status, body]).toEqual([403, { message: "Forbidden" }]);
});

test.each([
  ["an unknown path", "GET", "/api/v1/nothing"],
  ["the root", "GET", "/"],
  ["another version", "GET", "/api/v2/caches/c/webhooks"],
  ["another case", "GET", "/api/v1/Caches/c/webhooks"],
  ["a lower-case Webhooks", "GET", `/api/v1/webhooks/${params.webhookId}`],
  ["a trailing slash", "GET", "/api/v1/caches/c/webhooks/"],
  ["a doubled slash", "GET", "/api/v1//caches/c/webhooks"],
  ["an empty cache name", "GET", "/api/v1/caches//webhooks"],
  ["an empty webhook name", "DELETE", "/api/v1/caches/c/webhooks/"],
  ["an encoded slash in a name", "DELETE", "/api/v1/caches/c/webhooks/a%2Fb"],
  ["an encoded slash in a cache", "GET", "/api/v1/caches/a%2fb/webhooks"],
])("%s leads to no route: 404", async (_, method, target) => {
  const { status, body } = await root.send({ method, target });
  expect([status, body]).toEqual([404, { message: "Not Found" }]);
});

test("an encoded slash is a separator: it reaches the route behind it", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  await putWebhook(root, id);
  const target = `/api/v1/caches/${id.cacheName}%2Fwebhooks%2fw`;
  expect((await root.send({ method: "DELETE", target })).status).toBe(200);
});

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
}

const methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"];
const wrong = operationNames.flatMap((operation) => {
  const { path } = operations[operation];
  // A parameter of another operation may take what is fixed in this one's path.
  const served = operationNames
    .filter((name) => pathPattern(operations[name].path).test(path))
    .map((name) => operations[name].method);
  return methods
    .filter((method) => !served.some((one) => one === method))
    .map((method) => [method, operation] as const);
});

test.each(wrong)("%s is no method of the path of %s: 404", async (method, operation) => {
  const { status, body } = await root.send({ method, target: pathOf(operation, params) });
  expect([status, body]).toEqual([404, { message: "Not Found" }]);
});

test.each([
  "/api/v1/caches/%/webhooks",
  "/api/v1/caches/%zz/webhooks",
  "/api/v1/caches/%C3/webhooks",
  "/api/v1/caches/%ED%A0%80/webhooks",
])("broken percent-encoding is a 400: %s", async (target) =>
  expect((await root.send({ method: "GET", target })).status).toBe(400),
);

/** Sends the head of a request alone: a body of that length would never be read to its end. */
async function announce(target: string, contentLength: number) {
  const headers = { authorization: `Bearer ${key}`, "content-length": contentLength };
  const sent = request(url + target, { method: "POST", headers });
  sent.flushHeaders();
  const [response]: IncomingMessage[] = await once(sent, "response", {
    signal: AbortSignal.timeout(60_000),
  });
  if (!response) throw new Error("there was no answer");
  const text = await textOf(response);
  sent.destroy();
  return [response.statusCode, JSON.parse(text)];
}

test("a body of more than 10 MB is a 413", async () => {
  const answer = await announce(pathOf("publish", params), 10 * 1024 * 1024 + 1);
  expect(answer).toEqual([413, { message: "Request Entity Too Large" }]);
});

test("headers of more than 10 KiB are refused", async () => {
  const headers = { "x-long": "a".repeat(100_000) };
  const answer = await root.send({ method: "GET", target: "/api/v1/caches/c/webhooks", headers });
  expect(answer.status).toBe(431);
});
