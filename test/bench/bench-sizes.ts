import type { CostRounds } from "./cost/figures.ts";

/** How much of everything a run does. */
export interface BenchSizes {
  /** For each rate of publishing. */
  publishes: number;
  fanOuts: readonly number[];
  /** How often end to end and ceiling take turns. */
  rounds: number;
  /** Of each such turn at fan-out 50. */
  deliveries: number;
  /** Bare POSTs of each turn; they take less than a twentieth of the time. */
  ceilingPosts: number;
  /** One after the other, each when the one before has arrived. */
  unloadedPublishes: number;
  loadedSeconds: number;
  /** That a dead webhook holds. */
  deadMessages: number;
  /** Of each function's bundle, by a process each. */
  bundleLoads: number;
  costRounds: CostRounds;
}

export const fullSizes: BenchSizes = {
  publishes: 600,
  fanOuts: [1, 5, 50, 1000],
  rounds: 3,
  deliveries: 3000,
  ceilingPosts: 20_000,
  unloadedPublishes: 1000,
  loadedSeconds: 10,
  deadMessages: 10_000,
  bundleLoads: 15,
  costRounds: { warmUp: 20, clean: 20, failing: 4 },
};

/** Enough to see that every part works; its figures say nothing. */
export const quickSizes: BenchSizes = {
  publishes: 20,
  fanOuts: [1, 12],
  rounds: 1,
  deliveries: 100,
  ceilingPosts: 1000,
  unloadedPublishes: 5,
  loadedSeconds: 1,
  deadMessages: 100,
  bundleLoads: 1,
  costRounds: { warmUp: 1, clean: 1, failing: 1 },
};
