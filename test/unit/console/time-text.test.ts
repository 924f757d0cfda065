import { expect, test } from "vitest";
import { localTimeText, momentOf, spanText, timeText } from "../../../console/state/time-text.ts";

test("shows no more of the date than is needed", () => {
  const nowMs = new Date(2026, 5, 15, 12).getTime();
  const at = (...parts: [number, number, number, number]) =>
    timeText(new Date(...parts).getTime(), nowMs);
  expect(at(2026, 5, 15, 9)).not.toMatch(/15|2026/);
  expect(at(2026, 5, 14, 9)).toMatch(/14/);
  expect(at(2026, 5, 14, 9)).not.toMatch(/2026/);
  expect(at(2025, 5, 14, 9)).toMatch(/2025/);
});

test("a time goes through a control to the minute and comes back", () => {
  const timeMs = Date.UTC(2026, 10, 22, 4, 5, 59);
  expect(momentOf(localTimeText(timeMs))).toBe("2026-11-22T04:05:00.000Z");
  expect(momentOf("")).toBeUndefined();
});

test.each([
  [0, "0 seconds"],
  [1000, "1 second"],
  [90_000, "2 minutes"],
  [7_200_000, "2 hours"],
  [3 * 86_400_000, "3 days"],
])("a span of %i ms is %s", (ms, text) => {
  expect(spanText(ms)).toBe(text);
});
