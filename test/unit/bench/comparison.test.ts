import { expect, test } from "vitest";
import { type Comparison, ratioGoals, ratioOf } from "../../bench/against/comparison.ts";
import { againstReport } from "../../bench/against/report.ts";
import type { TurnFigures } from "../../bench/against/turn.ts";

const figures: TurnFigures = {
  ...{ publishesPerSecond: 500, deliveriesPerSecond1: 600, deliveriesPerSecond50: 2000 },
  ...{ cpuMs1: 2, cpuMs50: 1, p50Ms: 3, p99Ms: 6 },
  ...{ peakMb: 1000, idleMb: 400, startMb: 150, readyMs: 3000 },
};

function comparisonOf(...rates: [here: number, there: number][]): Comparison {
  return {
    machine: { cores: 2, model: "of a test", node: "v24", load: 0, startedTime: "2026-11-28" },
    ...{ commit: "0123456789", here: "abcdef0" },
    turns: rates.map(([here, there]) => ({
      here: { ...figures, deliveriesPerSecond1: here },
      there: { ...figures, deliveriesPerSecond1: there },
    })),
  };
}

test("compares the medians and tells how far the turns are apart", () => {
  const comparison = comparisonOf([900, 600], [1500, 500], [100, 1000]);

  expect(ratioOf(comparison, "deliveriesPerSecond1")).toEqual({
    ...{ here: 900, there: 600, ratio: 1.5 },
    range: [0.1, 3],
  });
});

test.each([
  [900, true],
  [899, false],
])("%i deliveries a second against 600 meet the goal: %s", (here, isMet) => {
  const goals = ratioGoals(comparisonOf([here, 600]));

  expect(goals.find(({ what }) => what === "deliveries/s, fan-out 1")?.isMet).toBe(isMet);
  expect(goals.filter((goal) => goal.isMet)).toHaveLength(isMet ? 1 : 0);
});

test("reports each figure of both, with a verdict where there is a goal", () => {
  const report = againstReport(comparisonOf([900, 600]));

  expect(report).toMatch(/abcdef0 against 0123456, by turns, one turn each/);
  expect(report).toMatch(/^\| deliveries\/s, fan-out 1 .* 900 .* 600 .* 1\.50 .* met \|$/m);
  expect(report).toMatch(/^\| memory at peak, MB .* at most 0\.60 .*\*\*missed\*\* \|$/m);
  expect(report).toMatch(/^\| start to ready, ms .* 3000 .* 3000 .* 1\.00 /m);
});
