import { expect, test } from "vitest";
import { countText, shareText } from "../../../console/state/numbers.ts";

test.each([
  [0, "0"],
  [12_480, "12,480"],
  [1_203_411, "1.2M"],
])("a count of %i is %s", (count, text) => {
  expect(countText(count)).toBe(text);
});

test.each([
  [0, 0, "—"],
  [5, 5, "100 %"],
  [99_999, 100_000, "99.9 %"],
  [1, 3, "33.3 %"],
  [0, 3, "0.0 %"],
])("%i of %i is %s: everything only where it is everything", (part, all, text) => {
  expect(shareText(part, all)).toBe(text);
});
