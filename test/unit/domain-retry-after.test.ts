import { expect, test } from "vitest";
import { retryAfterMs } from "../../shared/domain/retry-after.ts";

const nowMs = Date.UTC(2026, 10, 21, 12, 0, 0);
const dayMs = 24 * 60 * 60 * 1000;

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 120 ", 120_000],
  ["007", 7_000],
  ["86400", dayMs],
  ["86401", dayMs],
  ["9".repeat(400), dayMs],
  ["Sat, 21 Nov 2026 12:01:30 GMT", 90_000],
  ["Sat, 21 Nov 2026 12:00:00 GMT", 0],
  ["Sat, 21 Nov 2026 11:00:00 GMT", 0],
  ["Mon, 23 Nov 2026 12:00:00 GMT", dayMs],
])("waits as %s asks, at most a day", (header, waitMs) => {
  expect(retryAfterMs(header, nowMs)).toBe(waitMs);
});

test.each(["", " ", "-1", "+1", "1.5", "1e3", "0x10", "1 2", "1,2", "soon", "١٢٠", "Infinity"])(
  "ignores %j",
  (header) => {
    expect(retryAfterMs(header, nowMs)).toBeUndefined();
  },
);
