import { expect, test } from "vitest";
import {
  defaultHorizonMs,
  nextAttemptTime,
  defaultRetryScheduleSeconds as schedule,
} from "../../../../shared/domain/attempts/retry-schedule.ts";

const publishedTimeMs = 1_700_000_000_000;
const withoutJitter = 0.5;
const first = {
  schedule,
  attempt: 1,
  nowMs: publishedTimeMs,
  publishedTimeMs,
  jitter: withoutJitter,
};

test("makes ten attempts within 75 h 35 m 5 s when nothing jitters", () => {
  const times = [publishedTimeMs];
  for (;;) {
    const nowMs = times.at(-1) ?? 0;
    const next = nextAttemptTime({ ...first, attempt: times.length, nowMs });
    if (next.kind === "over") {
      expect(next.error).toBe("schedule end");
      break;
    }
    times.push(next.timeMs);
  }
  expect(times).toHaveLength(10);
  expect(times.map((timeMs) => (timeMs - publishedTimeMs) / 1000)).toEqual([
    0, 5, 305, 2105, 9305, 27305, 63305, 113705, 185705, 272105,
  ]);
});

test.each([
  [0, 4_000],
  [0.5, 5_000],
  [1, 6_000],
])("waits 20 %% more or less: jitter %d makes 5 s %i ms", (jitter, waitMs) => {
  expect(nextAttemptTime({ ...first, jitter })).toEqual({
    kind: "at",
    timeMs: publishedTimeMs + waitMs,
  });
});

test("waits longer when the receiver asked for it", () => {
  const notBeforeMs = publishedTimeMs + 3_600_000;
  expect(nextAttemptTime({ ...first, notBeforeMs })).toEqual({ kind: "at", timeMs: notBeforeMs });
});

test("waits no shorter when the receiver asked for it", () => {
  const notBeforeMs = publishedTimeMs + 1_000;
  expect(nextAttemptTime({ ...first, notBeforeMs })).toEqual({
    kind: "at",
    timeMs: publishedTimeMs + 5_000,
  });
});

test("ends at the horizon, and not before it", () => {
  const horizon = publishedTimeMs + defaultHorizonMs;
  expect(defaultHorizonMs).toBe(7 * 24 * 3_600_000);
  expect(nextAttemptTime({ ...first, nowMs: horizon - 5_000 })).toEqual({
    kind: "at",
    timeMs: horizon,
  });
  expect(nextAttemptTime({ ...first, nowMs: horizon - 4_999 })).toEqual({
    kind: "over",
    error: "horizon",
  });
  expect(nextAttemptTime({ ...first, notBeforeMs: horizon + 1 })).toEqual({
    kind: "over",
    error: "horizon",
  });
});

test("takes another horizon and another schedule", () => {
  expect(nextAttemptTime({ ...first, horizonMs: 4_999 })).toEqual({
    kind: "over",
    error: "horizon",
  });
  expect(nextAttemptTime({ ...first, schedule: [1, 2], attempt: 2 })).toEqual({
    kind: "at",
    timeMs: publishedTimeMs + 2_000,
  });
  expect(nextAttemptTime({ ...first, schedule: [] })).toEqual({
    kind: "over",
    error: "schedule end",
  });
});
