import { expect, test } from "vitest";
import { statsWindow, statsWindowProblems } from "../../../../shared/domain/stats/stats-window.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const ago = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString();
const [hour, day] = [60, 1_440];

function window(query: Parameters<typeof statsWindow>[0]) {
  const { unit, fromMs, untilMs } = statsWindow(query, nowMs);
  return [unit, new Date(fromMs).toISOString(), new Date(untilMs).toISOString()];
}

test("shows the last 24 hours by the hour, the hour under way included", () => {
  expect(window({})).toEqual(["hour", "2024-01-23T23:00:00.000Z", "2024-01-25T00:00:00.000Z"]);
});

test.each([
  [2 * hour, "minute"],
  [2 * hour + 1, "hour"],
  [7 * day, "hour"],
  [7 * day + 1, "day"],
])("a span of %s minutes is shown by the %3$s", (minutes, unit) => {
  expect(window({ since: ago(minutes) })[0]).toBe(unit);
});

test("holds every bucket that the span touches", () => {
  const span = { since: "2024-01-24T10:20:30Z", until: "2024-01-24T13:00:00+01:00" };
  expect(window({ ...span, by: "minute" })).toEqual([
    "minute",
    "2024-01-24T10:20:00.000Z",
    "2024-01-24T12:00:00.000Z",
  ]);
  expect(window({ ...span, by: "day" })).toEqual([
    "day",
    "2024-01-24T00:00:00.000Z",
    "2024-01-25T00:00:00.000Z",
  ]);
});

test.each([
  ["minute", ago(50 * hour), "2024-01-22T23:20:00.000Z"],
  ["hour", ago(40 * day), "2023-12-25T23:00:00.000Z"],
  ["day", ago(40 * day), "2023-12-25T00:00:00.000Z"],
] as const)("begins by the %s where counts are kept", (by, since, from) => {
  expect(window({ by, since, until: ago(47 * hour) })[1]).toBe(from);
});

test("ends with the bucket under way", () => {
  const until = new Date(nowMs + 5 * 3_600_000).toISOString();
  expect(window({ since: ago(60), until, by: "minute" })[2]).toBe("2024-01-24T23:21:00.000Z");
});

test.each([
  [{ since: ago(5), until: ago(5) }, "since", "must be before until"],
  [{ since: ago(-1) }, "since", "must not be in the future"],
  [{ until: ago(25 * hour) }, "until", "must be after since"],
  [
    { since: ago(25 * hour), by: "minute" },
    "by",
    "must leave at most 1440 buckets: by minute there would be 1501",
  ],
  [
    { since: "2019-01-24T00:00:00Z" },
    "since",
    "must leave at most 1440 buckets: by day there would be 1827",
  ],
] as const)("%o is refused", (query, path, message) => {
  expect(statsWindowProblems(query, nowMs)).toEqual([{ path, message }]);
});

test("1,440 buckets are no problem", () => {
  const by = "minute";
  expect(statsWindowProblems({ since: ago(day - 1), by }, nowMs)).toEqual([]);
});
