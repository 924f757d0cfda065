import { expect, test } from "vitest";
import { presentSummary } from "../../../../shared/domain/attempts/present-delivery.ts";
import { attemptWith, deliveryWith, publishedTimeMs } from "../../samples.ts";

const laterMs = publishedTimeMs + 300_000;
const refused = { timeMs: laterMs, statusCode: null, latencyMs: 3, error: "connection refused" };
const accepted = { timeMs: laterMs, statusCode: 204, latencyMs: 7, error: null };
const success = attemptWith({ statusCode: 200, error: null });

test.each([
  ["a first success", { status: "delivered", firstAttempt: success }, [200, 12, null]],
  ["a first failure", { status: "retrying" }, [500, 12, "HTTP 500"]],
  [
    "a failure without an answer",
    { attemptCount: 2, lastAttemptTimeMs: laterMs, lastAttempt: refused },
    [null, 3, "connection refused"],
  ],
  [
    "a success after failures",
    { status: "delivered", attemptCount: 2, lastAttemptTimeMs: laterMs, lastAttempt: accepted },
    [204, 7, null],
  ],
  [
    "the end of the schedule",
    { status: "failed", error: "schedule end", lastAttemptTimeMs: laterMs, lastAttempt: refused },
    [null, 3, "connection refused"],
  ],
  [
    "an end without one more attempt",
    { status: "failed", error: "webhook inactive" },
    [500, 12, "webhook inactive"],
  ],
  [
    "a delivery that was parked before its first attempt",
    { status: "pending", attemptCount: 0, firstAttempt: null, lastAttemptTimeMs: null },
    [null, null, "not attempted yet"],
  ],
  [
    "a late success of the first attempt, behind a later failure",
    { status: "delivered", firstAttempt: success, lastAttempt: refused },
    [200, 12, null],
  ],
] as const)("tells the cause of %s", (_, changes, [lastStatusCode, latencyMs, error]) => {
  const cause = { lastStatusCode, latencyMs, error };
  expect(presentSummary(deliveryWith(changes), laterMs)).toMatchObject(cause);
});

test.each([
  ["retrying", null, "no 2xx response"],
  ["failed", "schedule end", "schedule end"],
  ["delivered", null, null],
] as const)("says no more of an older version's %s row than it knows", (status, error, told) => {
  const record = deliveryWith({ status, error, attemptCount: 2, lastAttemptTimeMs: laterMs });
  const cause = { lastStatusCode: null, latencyMs: null, error: told };
  expect(presentSummary(record, laterMs)).toMatchObject(cause);
});

test("the next attempt is in the future, or nobody knows when it comes", () => {
  const record = deliveryWith({ nextAttemptTimeMs: laterMs + 1_500 });
  expect(Date.parse(presentSummary(record, laterMs).nextAttemptTime ?? "")).toBeGreaterThan(
    laterMs + 1_000,
  );
  expect(presentSummary(record, laterMs + 1_500).nextAttemptTime).toBeNull();
});
