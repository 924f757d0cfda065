import { expect, test } from "vitest";
import { openBreaker } from "../../shared/domain/breaker.ts";
import { afterSuccess } from "../../shared/domain/health.ts";
import { afterFailures } from "../../shared/domain/health-failures.ts";
import { handedOn, isInFirstLine, isSlow, marked } from "../../shared/domain/slowness.ts";
import { jobWith, publishedTimeMs } from "./samples.ts";

const nowMs = 1_700_000_000_000;

test("a mark lasts a minute", () => {
  const health = marked(undefined, nowMs);
  expect(isSlow(health, nowMs + 59_999)).toBe(true);
  expect(isSlow(health, nowMs + 60_000)).toBe(false);
  expect(isSlow(undefined, nowMs)).toBe(false);
});

test("a mark is written anew only when half of it is over", () => {
  const health = marked(undefined, nowMs);
  expect(marked(health, nowMs + 29_999)).toBe(health);
  expect(marked(health, nowMs + 30_000)).toEqual({
    ...health,
    version: health.version + 1,
    slowUntilMs: nowMs + 90_000,
  });
});

test("a clock that had jumped ahead marks nobody for long", () => {
  const health = marked(undefined, nowMs + 86_400_000);
  expect(isSlow(health, nowMs)).toBe(false);
  expect(marked(health, nowMs).slowUntilMs).toBe(nowMs + 60_000);
});

test("a mark leaves the breaker and the count of failures alone", () => {
  const failing = afterFailures(undefined, { count: 3, timeouts: 3, nowMs });
  expect(marked(failing, nowMs)).toMatchObject({ failures: 3, breaker: { kind: "closed" } });
  expect(afterFailures(marked(failing, nowMs), { count: 1, timeouts: 1, nowMs })).toMatchObject({
    failures: 4,
    slowUntilMs: nowMs + 60_000,
  });
});

test("a success leaves nothing but the mark, and writes nothing for it", () => {
  const slow = marked(undefined, nowMs);
  expect(afterSuccess(slow, nowMs)).toBe(slow);
  expect(afterSuccess(slow, nowMs + 60_000)).toBeUndefined();
  const failing = afterFailures(slow, { count: 3, timeouts: 0, nowMs });
  expect(afterSuccess(failing, nowMs)).toEqual({ ...slow, version: failing.version + 1 });
});

test("a breaker that begins to drain starts without a mark", () => {
  const open = { ...marked(undefined, nowMs), breaker: openBreaker(1, 10, nowMs) };
  expect(isSlow(afterSuccess(open, nowMs), nowMs)).toBe(false);
});

test("what was handed on has left the first line, and may be made at once", () => {
  const job = jobWith();
  expect(isInFirstLine(job)).toBe(true);
  expect(isInFirstLine(handedOn(job))).toBe(false);
  expect(handedOn(job)).toEqual({ ...job, notBeforeMs: publishedTimeMs });
});
