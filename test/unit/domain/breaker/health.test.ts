import { expect, test } from "vitest";
import {
  afterBatch,
  afterFailures,
  afterSuccess,
} from "../../../../shared/domain/breaker/health.ts";
import { type Health, HealthRecord } from "../../../../shared/domain/breaker/health-record.ts";

const startMs = 1_700_000_000_000;

function fail(health: Health | undefined, count: number, afterMs: number, timeouts = 0): Health {
  return afterFailures(health, { count, timeouts, nowMs: startMs + afterMs });
}

test("counts failures in a row and remembers the first", () => {
  const health = fail(fail(undefined, 1, 0), 2, 5_000);
  expect(health).toEqual({
    version: startMs + 1,
    failures: 3,
    timeouts: 0,
    failingSinceMs: startMs,
    breaker: { kind: "closed" },
  });
});

test("forgets failures on a success, and has nothing to write for a healthy one", () => {
  expect(afterSuccess(fail(undefined, 9, 0), startMs)).toBeUndefined();
  expect(afterSuccess(undefined, startMs)).toBeUndefined();
});

test("opens after ten failures in a row, but not before they span a minute", () => {
  const tooSoon = fail(fail(undefined, 9, 0), 1, 59_999);
  expect(tooSoon.breaker.kind).toBe("closed");
  const opened = fail(tooSoon, 1, 60_000);
  expect(opened.breaker).toEqual({
    kind: "open",
    stepSeconds: 10,
    tick: opened.version,
    nextTickMs: startMs + 70_000,
    sinceMs: startMs + 60_000,
  });
  expect(fail(fail(undefined, 8, 0), 1, 60_000).breaker.kind).toBe("closed");
});

test("opens at once after ten time-outs in a row", () => {
  expect(fail(fail(undefined, 9, 0, 9), 1, 10, 1).breaker.kind).toBe("open");
});

test("begins the time-outs again behind a failure that was none", () => {
  const interrupted = fail(fail(undefined, 9, 0, 9), 1, 10);
  expect(interrupted.timeouts).toBe(0);
  expect(fail(interrupted, 9, 20, 9).breaker.kind).toBe("closed");
});

test("takes the time-outs of a mixed batch for its last failures", () => {
  expect(fail(fail(undefined, 9, 0, 9), 3, 10, 2).timeouts).toBe(2);
});

test("has nothing to write for a failure that changes no decision", () => {
  const saturated = fail(undefined, 50, 0);
  expect(saturated.failures).toBe(10);
  expect(fail(saturated, 10, 1_000)).toBe(saturated);
  const open = fail(undefined, 10, 0, 10);
  expect(fail(open, 10, 1_000)).toBe(open);
});

test("takes a batch with any success for a success", () => {
  const nowMs = startMs + 60_000;
  const nine = fail(undefined, 9, 0);
  expect(afterBatch(nine, { successes: 1, failures: 9, timeouts: 9, nowMs })).toBeUndefined();
  const opened = afterBatch(nine, { successes: 0, failures: 1, timeouts: 0, nowMs });
  expect(opened?.breaker.kind).toBe("open");
  expect(afterBatch(nine, { successes: 0, failures: 0, timeouts: 0, nowMs })).toBe(nine);
});

test("begins to drain on a success while open", () => {
  const open = fail(undefined, 10, 0, 10);
  const nowMs = startMs + 10_500;
  const version = open.version + 1;
  expect(afterSuccess(open, nowMs)).toEqual({
    version,
    failures: 0,
    timeouts: 0,
    failingSinceMs: null,
    breaker: {
      kind: "draining",
      ratePerSecond: 10,
      tick: version,
      nextTickMs: nowMs,
      ticks: 0,
      failures: 0,
      hasSucceeded: false,
      reopenStepSeconds: 10,
      repair: { untilMs: nowMs + 1_000 },
      sinceMs: nowMs,
    },
  });
});

test("writes the first success of a drain's window and no other", () => {
  const draining = afterSuccess(fail(undefined, 10, 0, 10), startMs);
  const proved = afterSuccess(draining, startMs + 1);
  expect(proved?.breaker).toMatchObject({ hasSucceeded: true });
  expect(afterSuccess(proved, startMs + 2)).toBe(proved);
});

test("does not open again on one failure of a drain, but on ten in a row, however fast", () => {
  const draining = afterSuccess(fail(undefined, 10, 0, 10), startMs);
  const shaken = fail(draining && fail(draining, 1, 1), 8, 2);
  expect(shaken.breaker).toMatchObject({ kind: "draining", failures: 9 });
  expect(fail(shaken, 1, 3).breaker).toMatchObject({ kind: "open", tick: shaken.version + 1 });

  const between = afterBatch(shaken, {
    successes: 1,
    failures: 1,
    timeouts: 0,
    nowMs: startMs + 3,
  });
  expect(between).toMatchObject({ failures: 0, breaker: { kind: "draining", failures: 10 } });
});

test("can be stored and read back", () => {
  const row = { v: 1, webhookId: "whk_1", cacheName: "orders", webhookName: "billing" };
  const open = { ...row, ...fail(undefined, 10, 0, 10) };
  expect(HealthRecord.parse(open)).toEqual(open);
  const draining = { ...row, ...afterSuccess(open, startMs) };
  expect(HealthRecord.parse(draining)).toEqual(draining);
});
