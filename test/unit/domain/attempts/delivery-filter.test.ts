import { expect, test } from "vitest";
import { fits } from "../../../../shared/domain/attempts/delivery-filter.ts";
import { deliveryWith } from "../../samples.ts";

const timeMs = Date.UTC(2024, 0, 24, 23, 20, 28);

/** A delivery whose last attempt, the second, came to this. */
function lastAt(statusCode: number | null, event: string | number | null) {
  const lastAttempt = { timeMs, statusCode, latencyMs: 5, error: null };
  return deliveryWith({ event, attemptCount: 2, lastAttemptTimeMs: timeMs, lastAttempt });
}

const failed = lastAt(503, "invoice.paid");
const unanswered = lastAt(null, 101);
const untried = deliveryWith({ attemptCount: 0, lastAttemptTimeMs: null, firstAttempt: null });

test.for([
  ["a 503", failed, { lastStatusCode: "5xx" }, true],
  ["a 503", failed, { lastStatusCode: "503" }, true],
  ["a 503", failed, { lastStatusCode: "500" }, false],
  ["a 503", failed, { lastStatusCode: "4xx" }, false],
  ["a 503", failed, { lastStatusCode: "none" }, false],
  ["a 503", failed, { event: "invoice.paid" }, true],
  ["a 503", failed, { event: "invoice" }, false],
  ["a 503", failed, { lastStatusCode: "5xx", event: "order.paid" }, false],
  ["a 503", failed, {}, true],
  ["no answer", unanswered, { lastStatusCode: "none" }, true],
  ["no answer", unanswered, { event: 101 }, true],
  ["no attempt", untried, { lastStatusCode: "none" }, false],
  ["no attempt", untried, { event: 101 }, false],
] as const)("%s: %o", ([, record, filter, expected]) => {
  expect(fits(record, filter)).toBe(expected);
});
