import { expect, test } from "vitest";
import { localTimeText, momentOf } from "../../../console/state/local-time.ts";
import {
  agoText,
  fullTimeText,
  spanText,
  timeText,
  zoneText,
} from "../../../console/state/time-text.ts";

test("shows no more of the date than is needed", () => {
  const nowMs = Date.UTC(2026, 5, 15, 12);
  const at = (...parts: [number, number, number, number]) =>
    timeText(Date.UTC(...parts), nowMs, "UTC");
  expect(at(2026, 5, 15, 9)).toBe("09:00:00");
  expect(at(2026, 5, 14, 9)).toBe("06-14 09:00");
  expect(at(2025, 5, 14, 9)).toBe("2025-06-14 09:00");
});

test("the whole of a time has its date and its zone", () => {
  expect(fullTimeText(Date.UTC(2026, 10, 27, 17, 41, 18), "UTC")).toBe("2026-11-27 17:41:18 UTC");
  expect(zoneText(0, "UTC")).toBe("UTC");
});

test.each([
  [0, "now"],
  [-400, "now"],
  [-12 * 60_000, "12 min ago"],
  [240_000, "in 4 min"],
  [-3 * 86_400_000, "3 d ago"],
])("%i ms from now is %s", (offsetMs, text) => {
  expect(agoText(1_000_000_000_000 + offsetMs, 1_000_000_000_000)).toBe(text);
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
