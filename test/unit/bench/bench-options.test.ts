import { expect, test } from "vitest";
import { readBenchOptions } from "../../bench/bench-options.ts";

test("takes five turns against a commit, and one in a quick run", () => {
  expect(readBenchOptions(["--against", "main"])).toMatchObject({ against: "main", turns: 5 });
  expect(readBenchOptions(["--against", "main", "--quick"]).turns).toBe(1);
  expect(readBenchOptions(["--against", "main", "--turns", "7"]).turns).toBe(7);
});

test("measures this checkout alone without a commit", () => {
  expect(readBenchOptions([])).not.toHaveProperty("against");
});

test.each([
  [["--turns", "3"], "--turns belongs to --against"],
  [["--against", "main", "--turns", "0"], "--turns 0: a number from 1 to 99"],
  [["--against", "main", "--turns", "many"], "--turns many: a number from 1 to 99"],
  [["--agianst", "main"], "Unknown option '--agianst'"],
  [["--against"], "'--against <value>' argument missing"],
])("refuses %j", (args, message) => {
  expect(() => readBenchOptions(args)).toThrow(message);
});
