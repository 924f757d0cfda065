import { expect, test } from "vitest";
import {
  type AnswerHeaders,
  verdictOf,
} from "../../../../shared/domain/attempts/retry-schedule.ts";

const nowMs = Date.UTC(2026, 10, 21, 12, 0, 0);

function judgeAnswer(statusCode: number, headers: AnswerHeaders = {}) {
  return verdictOf({ kind: "answer", statusCode, headers }, nowMs);
}

test.each([200, 201, 202, 204, 226, 299])("takes %i for delivered", (statusCode) => {
  expect(judgeAnswer(statusCode)).toEqual({ kind: "delivered" });
});

test.each([
  100, 101, 199, 300, 301, 302, 307, 308, 400, 401, 403, 404, 409, 422, 429, 500, 501, 502, 503,
  504, 505, 599, 999,
])("tries again after %i, and honours its retry-after", (statusCode) => {
  const error = `HTTP ${statusCode}`;
  expect(judgeAnswer(statusCode)).toEqual({ kind: "retry", error });
  expect(judgeAnswer(statusCode, { retryAfter: "60" })).toEqual({
    kind: "retry",
    error,
    notBeforeMs: nowMs + 60_000,
  });
  expect(judgeAnswer(statusCode, { retryAfter: "Sat, 21 Nov 2026 12:05:00 GMT" })).toEqual({
    kind: "retry",
    error,
    notBeforeMs: nowMs + 300_000,
  });
  expect(judgeAnswer(statusCode, { retryAfter: "later" })).toEqual({ kind: "retry", error });
});

test("hears what the body of an answer asks for when its header says nothing", () => {
  const notBeforeMs = nowMs + 30_000;
  expect(judgeAnswer(429, { retryAfterInBody: "30" })).toMatchObject({ notBeforeMs });
  expect(judgeAnswer(429, { retryAfter: "soon", retryAfterInBody: "30" })).toMatchObject({
    notBeforeMs,
  });
  expect(judgeAnswer(429, { retryAfter: "30", retryAfterInBody: "60" })).toMatchObject({
    notBeforeMs,
  });
});

test("says where a redirect leads", () => {
  expect(judgeAnswer(308, { location: "https://a.example/" })).toEqual({
    kind: "retry",
    error: "HTTP 308 to https://a.example/",
  });
});

test("makes the webhook inactive after 410", () => {
  const gone = { kind: "failed", error: "HTTP 410", disable: "gone" };
  expect(judgeAnswer(410)).toEqual(gone);
  expect(judgeAnswer(410, { webhookDelivery: "abort-message" })).toEqual(gone);
});

test("tries again when there was no answer", () => {
  expect(verdictOf({ kind: "unreachable", error: "connection reset" }, nowMs)).toEqual({
    kind: "retry",
    error: "connection reset",
  });
});

test("does not try again what the guard refused", () => {
  expect(verdictOf({ kind: "refused", error: "address refused" }, nowMs)).toEqual({
    kind: "failed",
    error: "address refused",
  });
});

test.each([302, 400, 429, 500, 503])("ends a message that is aborted with %i", (statusCode) => {
  expect(judgeAnswer(statusCode, { webhookDelivery: "abort-message", retryAfter: "60" })).toEqual({
    kind: "failed",
    error: `HTTP ${statusCode}, abort-message`,
  });
});

test.each([302, 400, 410, 429, 500, 503])(
  "disables a webhook that asks for it with %i",
  (statusCode) => {
    expect(judgeAnswer(statusCode, { webhookDelivery: " Disable " })).toEqual({
      kind: "failed",
      error: `HTTP ${statusCode}, disable`,
      disable: "gone",
    });
  },
);

test("keeps a 2xx delivered and still disables the webhook that asks for it", () => {
  expect(judgeAnswer(204, { webhookDelivery: "disable" })).toEqual({
    kind: "delivered",
    disable: "gone",
  });
  expect(judgeAnswer(204, { webhookDelivery: "abort-message" })).toEqual({ kind: "delivered" });
});

test("ignores a webhook-delivery header that it does not know", () => {
  expect(judgeAnswer(500, { webhookDelivery: "pause" })).toEqual({
    kind: "retry",
    error: "HTTP 500",
  });
});
