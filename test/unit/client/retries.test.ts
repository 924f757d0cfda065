import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { ConnectionError, HookcastError } from "../../../client/errors.ts";
import { webhookId } from "../samples.ts";
import { refusal, type SentRequest, scriptedFetch, success } from "./scripted-fetch.ts";

const unavailable = refusal(
  503,
  { code: "SERVER_UNAVAILABLE", message: "try again" },
  { "retry-after": "1" },
);
const broken = new TypeError("fetch failed");
const paid = { cacheName: "orders", topicName: "paid", value: {} };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function clientOf(...replies: Parameters<typeof scriptedFetch>) {
  const { fetch, requests } = scriptedFetch(...replies);
  return { hookcast: createClient({ url: "https://api.example", key: "hk_1", fetch }), requests };
}

/** Lets time pass until the call is over, and gives what came of it. */
async function settled<T>(call: Promise<T>): Promise<T | Error> {
  const outcome = call.catch((error: unknown) => {
    if (error instanceof Error) return error;
    throw error;
  });
  await vi.runAllTimersAsync();
  return await outcome;
}

function waitsOf(requests: SentRequest[]): number[] {
  return requests.slice(1).map(({ sentTimeMs }, n) => sentTimeMs - (requests[n]?.sentTimeMs ?? 0));
}

test.each([429, 500, 502, 503, 504])("sends again what was answered with %i", async (status) => {
  const gateway = Response.json({ message: "no" }, { status });
  const { hookcast, requests } = clientOf(gateway, success({ webhookId }));
  expect(await settled(hookcast.getWebhookDetails({ webhookId }))).toEqual({ webhookId });
  expect(requests).toHaveLength(2);
});

test("sends again what a proxy answered with 500 and a page", async () => {
  const page = new Response("<html>", { status: 500 });
  const { hookcast, requests } = clientOf(page, success({ webhookId }));
  expect(await settled(hookcast.getWebhookDetails({ webhookId }))).toEqual({ webhookId });
  expect(requests).toHaveLength(2);
});

test("takes a 500 of the service itself for an answer", async () => {
  const { hookcast, requests } = clientOf(
    refusal(500, { code: "INTERNAL_SERVER_ERROR", message: "x" }),
  );
  expect(await settled(hookcast.getWebhookDetails({ webhookId }))).toMatchObject({
    status: 500,
    tries: 1,
  });
  expect(requests).toHaveLength(1);
});

test("sends no test event again after a 500 of the gateway: it may have been carried out", async () => {
  const { hookcast, requests } = clientOf(Response.json({ message: "no" }, { status: 500 }));
  expect(await settled(hookcast.testWebhook({ webhookId }))).toMatchObject({
    status: 500,
    tries: 1,
  });
  expect(requests).toHaveLength(1);
});

test("publishes again after a 500 of the gateway, under the same key", async () => {
  const gateway = Response.json({ message: "Internal Server Error" }, { status: 500 });
  const { hookcast, requests } = clientOf(gateway, success({ messageId: "m" }));
  await settled(hookcast.publish(paid));
  const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
  expect(keys).toEqual([expect.any(String), expect.any(String)]);
  expect(new Set(keys).size).toBe(1);
});

test.each([400, 401, 403, 404, 409, 412, 413])("takes %i for an answer", async (status) => {
  const { hookcast, requests } = clientOf(Response.json({ message: "no" }, { status }));
  const error = await settled(hookcast.getWebhookDetails({ webhookId }));
  expect(error).toMatchObject({ status, tries: 1 });
  expect(requests).toHaveLength(1);
});

test("waits longer before each of three retries, and then throws", async () => {
  const { hookcast, requests } = clientOf(broken);
  const error = await settled(hookcast.getWebhookDetails({ webhookId }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ message: "https://api.example: fetch failed", cause: broken });
  expect(error).toMatchObject({ tries: 4 });

  const waits = waitsOf(requests);
  expect(waits).toHaveLength(3);
  for (const [n, longestMs] of [250, 500, 1000].entries()) {
    expect(waits[n]).toBeGreaterThanOrEqual(longestMs / 2);
    expect(waits[n]).toBeLessThanOrEqual(longestMs);
  }
});

test("waits at least as long as retry-after asks", async () => {
  const { hookcast, requests } = clientOf(unavailable, success({}));
  await settled(hookcast.getWebhookDetails({ webhookId }));
  expect(waitsOf(requests)[0]).toBeGreaterThan(1000);
});

test("waits until the date of retry-after", async () => {
  vi.setSystemTime("2024-01-24T23:20:28Z");
  const headers = { "retry-after": "Wed, 24 Jan 2024 23:20:38 GMT" };
  const { hookcast, requests } = clientOf(refusal(503, {}, headers), success({}));
  await settled(hookcast.getWebhookDetails({ webhookId }));
  expect(waitsOf(requests)[0]).toBeGreaterThan(10_000);
});

test("leaves a longer wait than half a minute to the caller", async () => {
  const { hookcast, requests } = clientOf(refusal(503, {}, { "retry-after": "31" }));
  const error = await settled(hookcast.getWebhookDetails({ webhookId }));
  expect(error).toMatchObject({ status: 503, retryAfterMs: 31_000 });
  expect(requests).toHaveLength(1);
});

test("does not knock again where a quota is used up", async () => {
  const quota = refusal(429, { code: "LIMIT_EXCEEDED_ERROR", message: "a cache holds at most 1" });
  const { hookcast, requests } = clientOf(quota);
  const error = await settled(hookcast.getWebhookDetails({ webhookId }));
  expect(error).toMatchObject({ code: "LIMIT_EXCEEDED_ERROR" });
  expect(requests).toHaveLength(1);
});

test("publishes again under one idempotency key, and other messages under others", async () => {
  const { hookcast, requests } = clientOf(broken, unavailable, success({ messageId: "msg_1" }));
  expect(await settled(hookcast.publish(paid))).toEqual({ messageId: "msg_1" });
  await settled(hookcast.publish(paid));
  const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
  expect(keys[0]).toMatch(/^[\x21-\x7e]{20,255}$/);
  expect(keys).toEqual([keys[0], keys[0], keys[0], expect.not.stringMatching(String(keys[0]))]);
});

test("publishes a batch again under the same keys", async () => {
  const { hookcast, requests } = clientOf(broken, success({ results: [] }));
  const { value, ...topic } = paid;
  await settled(hookcast.publishBatch({ ...topic, messages: [{ value }, { value }] }));
  const [first, again] = requests.map(({ body }) => JSON.parse(body));
  const [one, other] = first.messages;
  expect(again).toEqual(first);
  expect(one.idempotencyKey).not.toBe(other.idempotencyKey);
});

test("does not publish again without an idempotency key", async () => {
  const { hookcast, requests } = clientOf(broken);
  const { value, ...topic } = paid;
  await settled(hookcast.publish({ ...paid, idempotencyKey: null }));
  const messages = [{ value }, { value, idempotencyKey: null }];
  await settled(hookcast.publishBatch({ ...topic, messages }));
  expect(requests).toHaveLength(2);
  expect(requests[0]?.headers.has("idempotency-key")).toBe(false);
});

test("does not rotate again a secret that may be rotated already", async () => {
  const { hookcast, requests } = clientOf(unavailable);
  const webhook = { cacheName: "orders", webhookName: "billing" };
  expect(await settled(hookcast.rotateWebhookSecret(webhook))).toBeInstanceOf(HookcastError);
  expect(requests).toHaveLength(1);
});

test("rotates again what the gateway throttled, for nothing was done", async () => {
  const throttled = Response.json({ message: "Too Many Requests" }, { status: 429 });
  const { hookcast, requests } = clientOf(throttled, success({ secret: "whsec_new" }));
  await settled(hookcast.rotateWebhookSecret({ cacheName: "orders", webhookName: "billing" }));
  expect(requests).toHaveLength(2);
});

test("gives a try no more time than it is told to, and tries again", async () => {
  const { hookcast, requests } = clientOf("never", success({ webhookId }));
  const call = hookcast.getWebhookDetails({ webhookId }, { timeoutMs: 700 });
  expect(await settled(call)).toEqual({ webhookId });
  expect(waitsOf(requests)[0]).toBeGreaterThanOrEqual(700 + 125);
});

test("says that the time was up", async () => {
  const { hookcast } = clientOf("never");
  const error = await settled(hookcast.getWebhookDetails({ webhookId }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(String(error)).toContain("no answer within 30000 ms");
});

test.each([
  ["during a try", "never" as const],
  ["while it waits for the next", broken],
])("ends when the caller aborts %s", async (_, reply) => {
  const { hookcast, requests } = clientOf(reply);
  const controller = new AbortController();
  const call = hookcast.publish(paid, { signal: controller.signal });
  call.catch(() => undefined); // seen below
  await vi.advanceTimersByTimeAsync(100);
  controller.abort(new Error("enough"));
  await expect(call).rejects.toThrow(/^enough$/);
  await vi.runAllTimersAsync();
  expect(requests).toHaveLength(1);
});

test("gives an aborted call its reason also where nothing would be tried again", async () => {
  const { hookcast } = clientOf("never");
  const controller = new AbortController();
  const call = hookcast.testWebhook({ webhookId }, { signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(call).rejects.toThrow(/^enough$/);
});

test("does not begin to wait when the caller aborts at the moment of an answer", async () => {
  const controller = new AbortController();
  const fetch: typeof globalThis.fetch = async () => {
    controller.abort(new Error("enough"));
    return unavailable.clone();
  };
  const hookcast = createClient({ url: "https://api.example", key: "hk_1", fetch });
  const call = hookcast.publish(paid, { signal: controller.signal });
  await expect(call).rejects.toThrow(/^enough$/); // no time passes
});

test("sends nothing for a caller who has aborted before", async () => {
  const { hookcast, requests } = clientOf(success({}));
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(hookcast.publish(paid, { signal })).rejects.toThrow(/^enough$/);
  expect(requests).toEqual([]);
});

test("leaves no timer running after an answer", async () => {
  const { hookcast } = clientOf(success({}));
  await hookcast.publish(paid, { signal: new AbortController().signal });
  expect(vi.getTimerCount()).toBe(0);
});
