import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { routes } from "../../../shared/contract/routes.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { measure, writeMetrics } from "../../../shared/runtime/logger.ts";
import { context, httpEvent, requestId } from "../functions/http-event.ts";

const route = routes.getWebhookSecret;
const params = { cacheName: "orders", webhookName: "billing" };
const value = { secret: "whsec_x", webhookName: "billing", cacheName: "orders" };
const json = "application/json; charset=utf-8";

let logged = "";
beforeEach(() => {
  logged = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    if (!String(text).includes('"manage.called"')) logged += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

function answering(result: () => Promise<typeof value | ApiResponse<typeof value>>) {
  return endpoint(route, result, () => ({}))(httpEvent({ params }), context);
}

function failing(error: unknown) {
  return answering(() => Promise.reject(error));
}

test("wraps a value in the envelope of success", async () => {
  const answer = await answering(async () => value);
  expect(answer.statusCode).toBe(200);
  expect(JSON.parse(answer.body ?? "")).toEqual({ status: "success", response: value });
  expect(answer.headers).toMatchObject({ "content-type": json, "x-request-id": requestId });
});

test("no answer to a key is any cache's to keep, be it good or bad", async () => {
  const list = endpoint(
    routes.listWebhooks,
    async () => ({ webhooks: [], nextCursor: null }),
    () => ({}),
  );
  const answers = [
    await answering(async () => value),
    await failing(new AppError("NOT_FOUND_ERROR", "because")),
    await list(httpEvent({ params }), context),
  ];
  for (const { headers } of answers) expect(headers).toHaveProperty("cache-control", "no-store");
});

test("the public document may be kept, to be asked about again", async () => {
  const open = endpoint(
    routes.getOpenApi,
    async () => ({}),
    () => ({}),
  );
  const { headers } = await open(httpEvent({}), context);
  expect(headers).toHaveProperty("cache-control", "no-cache");
});

test.each([200, 304])(
  "tells browsers to trust no more than they must, with a %i",
  async (status) => {
    const { headers } = await answering(async () => new ApiResponse(value, { status }));
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "strict-transport-security": expect.stringMatching(/^max-age=\d{8,}$/),
    });
  },
);

test("lets a use case choose another status and add headers", async () => {
  const answer = await answering(
    async () => new ApiResponse(value, { status: 201, headers: { etag: '"1"' } }),
  );
  expect(answer.statusCode).toBe(201);
  expect(answer.headers).toMatchObject({ etag: '"1"', "x-request-id": requestId });
});

test.each([
  ["INVALID_ARGUMENT_ERROR", 400],
  ["PERMISSION_ERROR", 403],
  ["NOT_FOUND_ERROR", 404],
  ["ALREADY_EXISTS_ERROR", 409],
  ["FAILED_PRECONDITION_ERROR", 409],
  ["PAYLOAD_TOO_LARGE_ERROR", 413],
  ["LIMIT_EXCEEDED_ERROR", 429],
  ["SERVER_UNAVAILABLE", 503],
] as const)("answers %s with %i, its message and the request id", async (code, status) => {
  const answer = await failing(new AppError(code, "because"));
  expect(answer.statusCode).toBe(status);
  expect(JSON.parse(answer.body ?? "")).toEqual({
    status: "error",
    error: { code, message: "because" },
  });
  expect(answer.headers).toMatchObject({ "content-type": json, "x-request-id": requestId });
});

test("answers a narrower status and the details of an error", async () => {
  const details = [{ path: "content-type", message: "must name a type" }];
  const answer = await failing(
    new AppError("INVALID_ARGUMENT_ERROR", "no type", { status: 415, details }),
  );
  expect(answer.statusCode).toBe(415);
  expect(JSON.parse(answer.body ?? "").error.details).toEqual(details);
});

test("answers a refused request like any other error", async () => {
  const handler = endpoint(
    route,
    async () => value,
    () => ({}),
  );
  const answer = await handler(httpEvent({ params: { ...params, cacheName: " " } }), context);
  expect(answer.statusCode).toBe(400);
  expect(answer.headers).toHaveProperty("x-request-id", requestId);
  expect(logged).toBe("");
});

test.each([new Error("table Webhooks-1 is odd"), new TypeError("x is undefined"), "text"])(
  "answers a bare 500 to a bug and keeps its cause for the log: %s",
  async (bug) => {
    const answer = await failing(bug);
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body ?? "")).toEqual({
      status: "error",
      error: { code: "INTERNAL_SERVER_ERROR", message: "internal error" },
    });
    expect(JSON.parse(logged)).toMatchObject({
      level: "error",
      event: "request.failed",
      requestId,
    });
    if (bug instanceof Error) expect(JSON.parse(logged)).toHaveProperty("message", bug.message);
  },
);

test("answers 503 with retry-after when the store did not take the call", async () => {
  const throttled = Object.assign(new Error("slow down"), {
    name: "ProvisionedThroughputExceededException",
    $fault: "client",
    $metadata: { httpStatusCode: 400 },
  });
  const answer = await failing(throttled);
  expect(answer.statusCode).toBe(503);
  expect(answer.headers).toHaveProperty("retry-after", expect.stringMatching(/^[0-9]+$/));
  expect(JSON.parse(answer.body ?? "").error.code).toBe("SERVER_UNAVAILABLE");
});

test("tells how long it is worth waiting, where that is known", async () => {
  const usedUp = (options = {}) =>
    failing(new AppError("LIMIT_EXCEEDED_ERROR", "used up", options));
  const answer = await usedUp({ retryAfterSeconds: 17 });
  expect(answer).toMatchObject({ statusCode: 429, headers: { "retry-after": "17" } });
  expect((await usedUp()).headers).not.toHaveProperty("retry-after");
});

test("opens its dependencies once, and not for a request that is refused", async () => {
  const open = vi.fn(() => ({}));
  const handler = endpoint(route, async () => value, open);
  await handler(httpEvent({ params: { ...params, webhookName: "" } }), context);
  expect(open).not.toHaveBeenCalled();
  await handler(httpEvent({ params }), context);
  await handler(httpEvent({ params }), context);
  expect(open).toHaveBeenCalledOnce();
});

test("writes what a request has measured, whether it went well or not", async () => {
  vi.stubEnv("METRICS_STACK", "Test");
  writeMetrics(Date.now() + 86_400_000); // what tests of other files have left behind
  logged = "";
  await answering(async () => {
    measure("Accepted", 10);
    return value;
  });
  await answering(async () => {
    measure("Accepted", 20);
    throw new AppError("SERVER_UNAVAILABLE", "not accepted in full; try again");
  });
  expect(logged.match(/"Accepted":\[\d+\]/g)).toEqual(['"Accepted":[10]', '"Accepted":[20]']);
  vi.unstubAllEnvs();
});
