import { expect, test } from "vitest";
import { tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import {
  asNewcomer,
  jobForLane,
  markSlow,
  nextLane,
} from "../../../../shared/domain/breaker/slowness.ts";
import { jobWith, publishedTimeMs } from "../../samples.ts";

const nowMs = 1_700_000_000_000;
const newcomer = asNewcomer(undefined, nowMs);
const slow = markSlow(undefined, 500, nowMs);
const open = { ...slow, breaker: tripBreaker(1, 10, nowMs) };

const first = jobWith();
const asNew = jobForLane(first, "newcomer");
const asSlow = jobForLane(first, "slow");

test.each([
  ["a proven webhook's", first, undefined, false, undefined],
  ["a newcomer's", first, newcomer, false, "newcomer"],
  ["a slow webhook's", first, slow, false, "slow"],
  ["one that an open breaker parks, a", first, open, true, undefined],
  ["a slow cache's proven webhook's", first, undefined, true, "slow"],
  ["a slow cache's newcomer's", first, newcomer, true, "slow"],
  ["in the newcomers' lane, a newcomer's", asNew, newcomer, false, undefined],
  ["in the newcomers' lane, a proven webhook's", asNew, undefined, false, undefined],
  ["in the newcomers' lane, a slow webhook's", asNew, slow, false, "slow"],
  ["in the newcomers' lane, a slow cache's", asNew, newcomer, true, "slow"],
  ["in the slow lane, a newcomer's", asSlow, newcomer, false, undefined],
  ["in the slow lane, a slow webhook's", asSlow, slow, true, undefined],
] as const)("%s first attempt goes where it belongs", (_, job, health, isCacheSlow, lane) => {
  expect(nextLane(job, { health, isCacheSlow, nowMs })).toBe(lane);
});

test("retries, and first attempts that an earlier version sent to the slow queue, stay", () => {
  const pace = { health: slow, isCacheSlow: true, nowMs };
  for (const job of [{ ...asNew, attempt: 2 }, jobWith({ attempt: 2, notBeforeMs: 1 })]) {
    expect(nextLane(job, pace)).toBeUndefined();
  }
  expect(nextLane(jobWith({ notBeforeMs: publishedTimeMs }), pace)).toBeUndefined();
});

test("what was sent on may be made at once, and perhaps twice", () => {
  expect(asSlow).toEqual({ ...first, lane: "slow", notBeforeMs: publishedTimeMs });
});
