import { expect, test } from "vitest";
import { bodyRetryAfter, retryAfterMs } from "../../../../shared/domain/attempts/retry-after.ts";

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
  ["+1", 1_000],
  ["1.5", 1_500],
  ["0.2", 200],
  ["2 s", 2_000],
  ["30 seconds", 30_000],
  ['"120"', 120_000],
  ["1,2", 1_000],
  ["120, 60", 120_000],
  ["PT1M30S", 90_000],
  [String(nowMs / 1_000 + 60), 60_000],
  [String(nowMs + 60_000), 60_000],
  ["Sat, 21 Nov 2026 12:01:30 GMT, Sat, 21 Nov 2026 13:01:30 GMT", 90_000],
  ["Sat, 21 Nov 2026 12:01:30 UTC", 90_000],
  ["Sat, 21 Nov 2026 13:01:30 +0100", 90_000],
  ["Sat, 21 Nov 2026 07:01:30 -05:00", 90_000],
  ["21 Nov 2026 12:01:30", 90_000],
  ["2026-11-21T12:01:30Z", 90_000],
  ["2026-11-21T12:01:30.250Z", 90_000],
  ["2026-11-21 12:01:30", 90_000],
  ["2026-11-21T14:01:30+02:00", 90_000],
  ["2026-11-22", 12 * 60 * 60 * 1_000],
  // As languages write a date or a span that nobody has formatted: JavaScript, Go, Java, .NET.
  ["Sat Nov 21 2026 13:01:30 GMT+0100 (Central European Standard Time)", 90_000],
  ["2026-11-21 12:01:30.25 +0000 UTC", 90_000],
  ["2026-11-21T13:01:30+01:00[Europe/Berlin]", 90_000],
  ["1m30s", 90_000],
  ["1h0m0s", 3_600_000],
  ["1m0.5s", 60_500],
  ["00:01:30", 90_000],
  ["00:01:30.5000000", 90_500],
  ["1.00:00:00", dayMs],
  ["2 minutes", 120_000],
  ["1 hour", 3_600_000],
  ["Sat, 21 Nov 2026 07:01:30 EST", 90_000],
  ["Sat, 21 Nov 2026 05:01:30 PDT", 90_000],
])("waits as %s asks, at most a day", (header, waitMs) => {
  expect(retryAfterMs(header, nowMs)).toBe(waitMs);
});

test.each([
  "",
  " ",
  "-1",
  "1e3",
  "0x10",
  "1 2",
  ",",
  "soon",
  "PT",
  "2026-02-31T00:00:00Z",
  "١٢٠",
  "Infinity",
  "00:61:00",
  "1m90",
  "5 fortnights",
  "Sat Foo 21 2026 13:01:30 GMT+0100",
])("ignores %j", (header) => {
  expect(retryAfterMs(header, nowMs)).toBeUndefined();
});

test.each([
  ['{"retry_after": 1.5}', "1.5"],
  ['{"ok": false, "parameters": {"retry_after": 30}}', "30"],
  ['{"retry_after": "40"}', "40"],
  ["{}", undefined],
  ['{"retry_after": {}}', undefined],
  ['{"parameters": null}', undefined],
  ['{"retry_after": 1', undefined],
  ["retry_after 5", undefined],
])("hears in the body %s a wait of %s", (body, wait) => {
  expect(bodyRetryAfter(body)).toBe(wait);
});
