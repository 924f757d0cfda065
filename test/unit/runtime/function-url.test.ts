import type { LambdaFunctionURLEvent } from "aws-lambda";
import { expect, test, vi } from "vitest";
import { publish } from "../../../shared/contract/operations/messages/publish.ts";
import { publishBatch } from "../../../shared/contract/operations/messages/publish-batch.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { callerContext } from "../../../shared/runtime/caller.ts";
import { answerFromUrl } from "../../../shared/runtime/function-url.ts";
import type { HttpEvent } from "../../../shared/runtime/request.ts";
import { callerWith, context, httpEvent, requestId } from "../functions/http-event.ts";

const key = { authorization: "Bearer key" };
const allowed = { isAuthorized: true, context: callerContext(callerWith()) } as const;

/** What comes of a request: the answer, and what the operation behind the path was called with. */
async function ask(
  rawPath: string,
  {
    method = "POST",
    headers = key as Record<string, string>,
    identify = async () => allowed as typeof allowed | { isAuthorized: false },
  } = {},
) {
  const called: Record<string, HttpEvent> = {};
  const hosted = [publish, publishBatch].map((route) => ({
    route,
    async handler(event: HttpEvent) {
      called[route.id] = event;
      return { statusCode: 202 };
    },
  }));
  const { requestContext, ...event } = httpEvent({ headers });
  const sent: LambdaFunctionURLEvent = {
    ...event,
    rawPath,
    requestContext: { ...requestContext, http: { ...requestContext.http, method } },
  };
  const asked = vi.fn(identify);
  const answer = await answerFromUrl(sent, context, { hosted, identify: asked });
  return { answer, called, asked };
}

const topics = "/api/v1/caches/orders/topics";

test("decodes each part of the path once, and tells the operation who calls", async () => {
  const { answer, called } = await ask("/api/v1/caches/a%20b/topics/%E2%82%AC+%2541");
  expect(answer).toEqual({ statusCode: 202 });
  expect(called.publish?.pathParameters).toEqual({ cacheName: "a b", topicName: "€+%41" });
  expect(called.publish?.requestContext.authorizer).toEqual({ lambda: allowed.context });
  expect(Object.keys(called)).toEqual(["publish"]);
});

test("tells a batch from a publish", async () => {
  expect(Object.keys((await ask(`${topics}/paid/batch`)).called)).toEqual(["publishBatch"]);
  expect(Object.keys((await ask(`${topics}/batch`)).called)).toEqual(["publish"]);
});

test.each([
  ["GET", `${topics}/paid`],
  ["OPTIONS", `${topics}/paid`],
  ["POST", "/"],
  ["POST", `${topics}/`],
  ["POST", `${topics}/paid/`],
  ["POST", `${topics}/paid%2Fbatch`],
  ["POST", `${topics}/a%2fb`],
  ["POST", "/api/v1/caches//topics/paid"],
  ["POST", "/API/v1/caches/orders/topics/paid"],
  ["POST", `${topics}/paid/batch/more`],
  ["POST", "/api/v1/Webhooks"],
])("%s %s is a 404 of the gateway's shape, for which nobody is asked", async (method, path) => {
  const { answer, asked, called } = await ask(path, { method });
  expect([answer.statusCode, answer.body]).toEqual([404, '{"message":"Not Found"}']);
  expect(asked).not.toHaveBeenCalled();
  expect(called).toEqual({});
});

test.each(["%", "%zz", "%C3%28", "%ff"])("a path with %s is a 400", async (part) => {
  const { answer } = await ask(`${topics}/${part}`);
  expect([answer.statusCode, answer.body]).toEqual([400, '{"message":"Bad Request"}']);
});

const nobody: Record<string, string>[] = [{}, { authorization: "" }];

test.each(nobody)("%j is a 401 without a look at keys", async (headers) => {
  const { answer, asked } = await ask(`${topics}/paid`, { headers });
  expect([answer.statusCode, answer.body]).toEqual([401, '{"message":"Unauthorized"}']);
  expect(asked).not.toHaveBeenCalled();
});

test("a key that is refused is a 403, and nothing is published", async () => {
  const { answer, called } = await ask(`${topics}/paid`, {
    identify: async () => ({ isAuthorized: false }),
  });
  expect([answer.statusCode, answer.body]).toEqual([403, '{"message":"Forbidden"}']);
  expect(answer.headers).toMatchObject({
    "content-type": "application/json",
    "x-request-id": requestId,
  });
  expect(called).toEqual({});
});

test.each([
  [new AppError("SERVER_UNAVAILABLE", "down"), 503, "SERVER_UNAVAILABLE"],
  [new TypeError("a bug"), 500, "INTERNAL_SERVER_ERROR"],
])("where keys cannot be read it lets nobody in: %s", async (error, status, code) => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { answer, called } = await ask(`${topics}/paid`, {
    identify: () => Promise.reject(error),
  });
  vi.restoreAllMocks();
  expect(answer.statusCode).toBe(status);
  expect(answer.headers).toMatchObject({ "x-request-id": requestId });
  expect(JSON.parse(answer.body ?? "").error.code).toBe(code);
  expect(called).toEqual({});
});
