import { expect, test } from "vitest";
import { tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import { onDrained, resetBreaker } from "../../../../shared/domain/breaker/breaker-timer.ts";
import {
  afterBatch,
  afterFailures,
  afterSuccess,
} from "../../../../shared/domain/breaker/health.ts";
import {
  asNewcomer,
  isSlow,
  isSurprise,
  markSlow,
  offencesOf,
  proved,
} from "../../../../shared/domain/breaker/slowness.ts";

const nowMs = 1_700_000_000_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A POST that has been held for half a second, and goes on. */
const heldMs = 500;
const mark = markSlow(undefined, heldMs, nowMs);

/** Slow for 25 seconds each time that its mark has ended. Returns how long each mark lasts. */
function marksInTurn(count: number): number[] {
  let health = mark;
  let timeMs = nowMs;
  const lengths: number[] = [];
  for (let n = 0; n < count; n += 1) {
    health = markSlow(health, heldMs, timeMs);
    health = markSlow(health, 25_000, timeMs + 24_500);
    lengths.push((health.slowUntilMs ?? 0) - timeMs);
    timeMs = health.slowUntilMs ?? 0;
  }
  return lengths;
}

test("a first mark lasts a minute", () => {
  expect(isSlow(mark, nowMs + minuteMs - 1)).toBe(true);
  expect(isSlow(mark, nowMs + minuteMs)).toBe(false);
  expect(isSlow(undefined, nowMs)).toBe(false);
});

test("marks of a repeat offender last longer: minutes, then hours", () => {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth] = marksInTurn(5);
  expect(first).toBe(minuteMs);
  expect(second / minuteMs).toBeCloseTo(12.9, 1);
  expect(third / minuteMs).toBeCloseTo(62.9, 1);
  expect(fourth / hourMs).toBeCloseTo(4, 1);
  expect(fifth).toBe(fourth);
});

test("a receiver that takes a little too long is never marked for hours", () => {
  let health = mark;
  for (let n = 1; n < 10; n += 1) health = markSlow(health, 600, health.slowUntilMs ?? 0);
  expect((health.slowUntilMs ?? 0) - nowMs).toBeLessThan(10 * 6 * minuteMs + 1);
});

test("an offence is forgotten a day after its mark has ended", () => {
  const forgottenMs = nowMs + minuteMs + dayMs;
  expect(offencesOf(mark, forgottenMs - 1)).toBe(1);
  expect(offencesOf(mark, forgottenMs)).toBe(0);
  expect(markSlow(mark, heldMs, forgottenMs)).toMatchObject({ offences: 1 });
  expect(markSlow(mark, heldMs, forgottenMs - 1)).toMatchObject({ offences: 2 });
});

test("a mark is written anew only when half of it is over, and is no new offence", () => {
  expect(markSlow(mark, heldMs, nowMs + 29_999)).toBe(mark);
  expect(markSlow(mark, heldMs, nowMs + 30_000)).toEqual({
    ...mark,
    version: mark.version + 1,
    slowUntilMs: nowMs + 90_000,
  });
});

test("a clock that had jumped ahead marks nobody for long", () => {
  const health = markSlow(undefined, heldMs, nowMs + 30 * dayMs);
  expect(isSlow(health, nowMs)).toBe(false);
  expect(offencesOf(health, nowMs)).toBe(0);
  expect(markSlow(health, heldMs, nowMs).slowUntilMs).toBe(nowMs + minuteMs);
});

test("a mark leaves the breaker and the count of failures alone", () => {
  const failing = afterFailures(undefined, { count: 3, timeouts: 3, nowMs });
  const marked = markSlow(failing, heldMs, nowMs);
  expect(marked).toMatchObject({ failures: 3, breaker: { kind: "closed" } });
  expect(afterFailures(marked, { count: 1, timeouts: 1, nowMs })).toMatchObject({
    failures: 4,
    slowUntilMs: nowMs + minuteMs,
    isNewcomer: true,
  });
});

test("a mark takes the proof away, which only a fast success after it brings back", () => {
  expect(mark.isNewcomer).toBe(true);
  const endMs = nowMs + minuteMs;
  expect(afterSuccess(mark, endMs - 1)).toBe(mark);
  const slowly = { successes: 1, failures: 0, timeouts: 0, isFast: false, nowMs: endMs };
  expect(afterBatch(mark, slowly)).toBe(mark);
  const proven = afterBatch(mark, { ...slowly, isFast: true });
  expect(proven).toMatchObject({ version: mark.version + 1, offences: 1 });
  expect(proven?.isNewcomer).toBeUndefined();
  expect(afterSuccess(proven, endMs)).toBe(proven);
  expect(afterSuccess(proven, endMs + dayMs)).toBeUndefined();
});

test("a newcomer that answers fast leaves no row, one that fails or is slow stays one", () => {
  const newcomer = asNewcomer(undefined, nowMs);
  expect(asNewcomer(newcomer, nowMs)).toBe(newcomer);
  expect(afterSuccess(newcomer, nowMs)).toBeUndefined();
  const failed = afterFailures(newcomer, { count: 1, timeouts: 0, nowMs });
  expect(failed.isNewcomer).toBe(true);
  const slowly = { successes: 1, failures: 0, timeouts: 0, isFast: false, nowMs };
  expect(afterBatch(failed, slowly)).toMatchObject({ failures: 0, isNewcomer: true });
  expect(afterBatch(newcomer, slowly)).toBe(newcomer);
});

test("a test that is answered fast proves a newcomer, and says nothing of its failures", () => {
  const newcomer = asNewcomer(undefined, nowMs);
  expect(proved(newcomer, nowMs)).toBeUndefined();
  expect(proved(undefined, nowMs)).toBeUndefined();
  expect(proved(mark, nowMs)).toBe(mark);
  const failed = afterFailures(newcomer, { count: 2, timeouts: 0, nowMs });
  const proven = proved(failed, nowMs);
  expect(proven).toMatchObject({ failures: 2, version: failed.version + 1 });
  expect(proven?.isNewcomer).toBeUndefined();
});

test("neither a breaker nor an activation takes marks, offences or the lack of a proof away", () => {
  const open = { ...mark, breaker: tripBreaker(1, 10, nowMs) };
  const slowly = { successes: 1, failures: 0, timeouts: 0, isFast: false, nowMs };
  const pace = { slowUntilMs: mark.slowUntilMs, offences: 1, isNewcomer: true };
  const drained = afterBatch(open, slowly);
  expect(drained).toMatchObject({ ...pace, breaker: { kind: "draining" } });
  expect(resetBreaker(open, nowMs)).toMatchObject({ ...pace, breaker: { kind: "draining" } });
  expect(resetBreaker(mark, nowMs)).toBe(mark);
  const over = { ...mark, breaker: { ...tripBreaker(1, 10, nowMs), kind: "draining" as const } };
  const quiet = {
    ratePerSecond: 1,
    ticks: 10,
    failures: 0,
    hasSucceeded: true,
    reopenStepSeconds: 10,
  };
  const breaker = { ...over.breaker, ...quiet };
  expect(onDrained({ ...over, breaker }, nowMs)).toMatchObject({
    ...pace,
    breaker: { kind: "closed" },
  });
});

test("a mark surprises where the webhook was proven, or is marked for the first time", () => {
  const newcomer = asNewcomer(undefined, nowMs);
  expect(isSurprise(undefined, nowMs)).toBe(true);
  expect(isSurprise(newcomer, nowMs)).toBe(true);
  expect(isSurprise(mark, nowMs)).toBe(false);
  expect(isSurprise(mark, nowMs + minuteMs)).toBe(false);
  expect(isSurprise(afterSuccess(mark, nowMs + minuteMs), nowMs + minuteMs)).toBe(true);
});
