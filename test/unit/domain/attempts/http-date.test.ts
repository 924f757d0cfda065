import { expect, test } from "vitest";
import { httpDateMs } from "../../../../shared/domain/attempts/retry-after.ts";

const nowMs = Date.UTC(2026, 10, 21);
const expected = Date.UTC(1994, 10, 6, 8, 49, 37);

test.each([
  "Sun, 06 Nov 1994 08:49:37 GMT",
  "Sunday, 06-Nov-94 08:49:37 GMT",
  "Sun Nov  6 08:49:37 1994",
])("reads %s", (text) => {
  expect(httpDateMs(text, nowMs)).toBe(expected);
});

test("reads two digits of a year as at most 50 years ahead", () => {
  expect(httpDateMs("Sunday, 06-Nov-76 08:49:37 GMT", nowMs)).toBe(
    Date.UTC(2076, 10, 6, 8, 49, 37),
  );
  expect(httpDateMs("Sunday, 06-Nov-77 08:49:37 GMT", nowMs)).toBe(
    Date.UTC(1977, 10, 6, 8, 49, 37),
  );
});

test.each([
  "",
  "5",
  "tomorrow",
  "2026-11-21T00:00:00Z",
  "Sun, 31 Feb 2027 08:49:37 GMT",
  "Sun, 06 Nox 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 24:49:37 GMT",
  "Sun, 06 Nov 1994 08:60:37 GMT",
  "Sun, 06 Nov 1994 08:49:37 CET",
  "Sun, 06 Nov 1994 08:49:37",
  "Sun, 06 Nov 1994 08:49:37 GMT, 120",
])("takes %j for no date", (text) => {
  expect(httpDateMs(text, nowMs)).toBeUndefined();
});
