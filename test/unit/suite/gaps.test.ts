import { expect, test } from "vitest";
import { staleGaps } from "../../steps/gaps.ts";

const gap = { file: "conformance/sqs-x.test.ts", tests: /^counts$/, why: "it cannot count" };

test("a gap that a test has shown is not stale", () => {
  const name = "test/conformance/sqs-x.test.ts counts";
  expect(staleGaps([gap], [{ name, reason: gap.why }])).toEqual([]);
});

test("a gap is stale when its test passed, and when the same reason was given in another file alone", () => {
  const elsewhere = { name: "test/conformance/sqs-y.test.ts counts", reason: gap.why };
  expect(staleGaps([gap], [])).toHaveLength(1);
  expect(staleGaps([gap], [elsewhere])).toHaveLength(1);
});
