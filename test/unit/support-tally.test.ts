import { expect, test } from "vitest";
import { sumTallies, tallyLine } from "../support/tally.ts";

test("sums what the steps counted", () => {
  const skipped = [{ name: "a", reason: "no emulator" }];
  const steps = [
    { passed: 1, failed: 0, skipped: [] },
    { passed: 40, failed: 2, skipped },
  ];
  expect(sumTallies(steps)).toEqual({ passed: 41, failed: 2, skipped });
});

test("mentions skipped tests only where there are any", () => {
  expect(tallyLine({ passed: 3, failed: 0, skipped: [] })).toBe("3 passed, 0 failed");
  const skipped = [{ name: "a", reason: "no emulator" }];
  expect(tallyLine({ passed: 3, failed: 1, skipped })).toBe("3 passed, 1 failed, 1 skipped");
});
