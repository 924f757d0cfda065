import { expect, test } from "vitest";
import { isoTime } from "../../../shared/contract/values/time.ts";

test("writes whole seconds in UTC, rounded down", () => {
  expect(isoTime(Date.UTC(2024, 0, 24, 23, 20, 28))).toBe("2024-01-24T23:20:28Z");
  expect(isoTime(Date.UTC(2024, 0, 24, 23, 20, 28, 999))).toBe("2024-01-24T23:20:28Z");
  expect(isoTime(0)).toBe("1970-01-01T00:00:00Z");
});
