import { expect, test } from "vitest";
import { sumTallies, tallyLine, tallyLines } from "../../steps/tally.ts";

const skipped = [{ name: "a", reason: "no emulator" }];
const failures = [{ name: "b", reason: "expected 1, got 2" }];

test("sums what the steps counted", () => {
  const steps = [
    { passed: 1, failures: [], skipped: [], unsteady: [] },
    { passed: 40, failures, skipped, unsteady: failures },
  ];
  expect(sumTallies(steps)).toEqual({ passed: 41, failures, skipped, unsteady: failures });
});

test("mentions skipped tests only where there are any", () => {
  expect(tallyLine({ passed: 3, failures: [], skipped: [], unsteady: [] })).toBe(
    "3 passed, 0 failed",
  );
  expect(tallyLine({ passed: 3, failures, skipped, unsteady: [] })).toBe(
    "3 passed, 1 failed, 1 skipped",
  );
});

test("tells failures last, and each reason for skipping once", () => {
  const others = ["c", "d"].map((name) => ({ name, reason: "no php" }));
  expect(
    tallyLines({ passed: 3, failures, skipped: [...skipped, ...others], unsteady: [] }),
  ).toEqual([
    "skipped: no emulator: a",
    "skipped: no php: c, and 1 more",
    "failed: b: expected 1, got 2",
    "3 passed, 1 failed, 3 skipped",
  ]);
});

test("leaves out the middle of a reason that would fill the screen", () => {
  const long = [{ name: "b", reason: `exit status 1${"x".repeat(5000)}connection refused` }];
  const [line] = tallyLines({ passed: 0, failures: long, skipped: [], unsteady: [] });
  expect(line?.length).toBeLessThan(2100);
  expect(line).toMatch(/^failed: b: exit status 1x+ … x+connection refused$/);
});

test("tells what passed only the second time in a line of its own, before what failed", () => {
  const unsteady = [{ name: "a.test.ts is late", reason: "timed out\nat line 7" }];
  expect(tallyLines({ passed: 3, failures, skipped, unsteady })).toEqual([
    "skipped: no emulator: a",
    "unsteady: a.test.ts is late: timed out",
    "failed: b: expected 1, got 2",
    "3 passed, 1 failed, 1 skipped",
  ]);
});
