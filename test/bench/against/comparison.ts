import { percentile } from "../../support/percentile.ts";
import { atLeast, atMost, type Goal } from "../goal.ts";
import type { Machine } from "../machine.ts";
import type { TurnFigures } from "./turn.ts";

/** What each turn has measured, this checkout's and the commit's, in the order in which they took turns. */
export interface Comparison {
  machine: Machine;
  /** The whole id. */
  commit: string;
  /** What is checked out here, and whether files differ from it. */
  here: string;
  turns: { here: TurnFigures; there: TurnFigures }[];
}

interface Metric {
  name: string;
  decimals: number;
  goal?: { bound: "at least" | "at most"; ratio: number };
}

/** Ratios are of this checkout to the commit. */
export const metrics: Record<keyof TurnFigures, Metric> = {
  publishesPerSecond: { name: "publishes/s, 16 at a time", decimals: 0 },
  deliveriesPerSecond1: {
    name: "deliveries/s, fan-out 1",
    decimals: 0,
    goal: { bound: "at least", ratio: 1.5 },
  },
  deliveriesPerSecond50: {
    name: "deliveries/s, fan-out 50",
    decimals: 0,
    goal: { bound: "at least", ratio: 1.4 },
  },
  cpuMs1: {
    name: "CPU ms a delivery, fan-out 1",
    decimals: 2,
    goal: { bound: "at most", ratio: 0.65 },
  },
  cpuMs50: {
    name: "CPU ms a delivery, fan-out 50",
    decimals: 2,
    goal: { bound: "at most", ratio: 0.65 },
  },
  p50Ms: {
    name: "publish to arrival, one at a time, p50 ms",
    decimals: 1,
    goal: { bound: "at most", ratio: 0.7 },
  },
  p99Ms: { name: "publish to arrival, one at a time, p99 ms", decimals: 1 },
  peakMb: { name: "memory at peak, MB", decimals: 0, goal: { bound: "at most", ratio: 0.6 } },
  idleMb: {
    name: "memory when idle again, MB",
    decimals: 0,
    goal: { bound: "at most", ratio: 0.5 },
  },
  startMb: { name: "memory before the first request, MB", decimals: 0 },
  readyMs: { name: "start to ready, ms", decimals: 0 },
};

// The keys are those of the figures.
export const metricNames = Object.keys(metrics) as (keyof TurnFigures)[];

export interface Ratio {
  here: number;
  there: number;
  /** Of the medians. */
  ratio: number;
  /** The least and the greatest of any turn. */
  range: [number, number];
}

export function ratioOf({ turns }: Comparison, metric: keyof TurnFigures): Ratio {
  const here = percentile(
    turns.map((turn) => turn.here[metric]),
    0.5,
  );
  const there = percentile(
    turns.map((turn) => turn.there[metric]),
    0.5,
  );
  const ratios = turns.map((turn) => turn.here[metric] / turn.there[metric]);
  return { here, there, ratio: here / there, range: [Math.min(...ratios), Math.max(...ratios)] };
}

export function ratioGoals(comparison: Comparison): Goal[] {
  return metricNames.flatMap((metric) => {
    const { name, goal } = metrics[metric];
    if (!goal) return [];
    const verdict = goal.bound === "at least" ? atLeast : atMost;
    return [verdict(name, goal.ratio, ratioOf(comparison, metric).ratio)];
  });
}
