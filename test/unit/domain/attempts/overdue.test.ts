import { expect, test } from "vitest";
import {
  isOverdue,
  lostAfterMs,
  timesToLookThrough,
} from "../../../../shared/domain/attempts/overdue.ts";
import { deliveryWith, publishedTimeMs } from "../../samples.ts";

const minuteMs = 60_000;
const nowMs = publishedTimeMs + 5 * 86_400_000;
const late = deliveryWith({ status: "retrying", nextAttemptTimeMs: nowMs - lostAfterMs });

test.each([
  ["an attempt that was to be made an hour ago", late, true],
  ["one before the first attempt", { ...late, status: "pending" }, true],
  ["less than an hour", { ...late, nextAttemptTimeMs: nowMs - lostAfterMs + 1 }, false],
  ["no further attempt", { ...late, nextAttemptTimeMs: null }, false],
  ["a failed delivery", { ...late, status: "failed" }, false],
  ["an attempt that is being made", { ...late, leaseUntilMs: nowMs + 1 }, false],
  ["a lease that has ended", { ...late, leaseUntilMs: nowMs }, true],
] as const)("takes %s for what it is", (_, head, expected) => {
  expect(isOverdue(head, nowMs)).toBe(expected);
});

test("an hour of sweeps looks once through every time from which a delivery may wait", () => {
  const hour = Array.from({ length: 60 }, (_, minute) => nowMs + minute * minuteMs);
  const looked = hour.flatMap(timesToLookThrough);
  const ages = [0, 1.1, 2, 5, 24, 100, 166, 169, 500, 10_000];
  const times = ages.map((hours) => nowMs - hours * 3_600_000);
  const counts = times.map((time) => looked.filter(([from, to]) => from <= time && time < to));
  expect(counts.map(({ length }) => length)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test("a sweep looks through a sixtieth of a delivery's days", () => {
  for (let minute = 0; minute < 600; minute += 1) {
    const looked = timesToLookThrough(nowMs + minute * minuteMs).filter(([from]) => from > 0);
    const hours = looked.reduce((sum, [from, to]) => sum + to - from, 0) / 3_600_000;
    expect(hours).toBeLessThanOrEqual(2.8);
  }
});
