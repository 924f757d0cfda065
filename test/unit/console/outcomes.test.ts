import { expect, test } from "vitest";
import { outcomesOverTime } from "../../../console/state/deliveries/outcomes.ts";
import { summary } from "./samples.ts";

const filled = (deliveries: Parameters<typeof outcomesOverTime>[0]) => {
  const { stepMs, stretches } = outcomesOverTime(deliveries);
  const counts = stretches.map(({ delivered, waiting, failed }) => [delivered, waiting, failed]);
  return {
    stepMs,
    count: stretches.length,
    counts: counts.filter((some) => some.join() !== "0,0,0"),
  };
};

test("counts every delivery once, in the stretch of its publish", () => {
  const deliveries = [
    summary({ publishedTime: "2026-01-01T00:00:39Z", status: "retrying" }),
    summary({ publishedTime: "2026-01-01T00:00:39Z", status: "failed" }),
    summary({ publishedTime: "2026-01-01T00:00:38Z", status: "pending" }),
    summary({ publishedTime: "2026-01-01T00:00:03Z", status: "delivered" }),
  ];
  expect(filled(deliveries)).toEqual({
    stepMs: 1000,
    count: 37,
    counts: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 1],
    ],
  });
});

test("takes longer stretches for a longer time, so that bars stay wide enough", () => {
  const { stepMs, count, counts } = filled([
    summary({ publishedTime: "2026-03-01T12:00:00Z", status: "failed" }),
    summary({ publishedTime: "2026-02-01T12:00:00Z", status: "delivered" }),
  ]);
  expect({ stepMs, counts }).toEqual({
    stepMs: 86_400_000,
    counts: [
      [1, 0, 0],
      [0, 0, 1],
    ],
  });
  expect(count).toBeLessThanOrEqual(40);
});

test("leaves room beside a single delivery", () => {
  expect(filled([summary({ status: "delivered" })])).toMatchObject({
    count: 12,
    counts: [[1, 0, 0]],
  });
});
