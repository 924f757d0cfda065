import type { CostFigures } from "./cost-figures.ts";
import { costGoals } from "./cost-goals.ts";
import type { EndToEnd } from "./end-to-end.ts";
import { atLeast, atMost, type Goal } from "./goal.ts";
import type { Latency } from "./latency.ts";
import type { Machine } from "./machine.ts";
import type { PublishRate } from "./publish-rates.ts";

/** All that a run has measured. */
export interface BenchResult {
  machine: Machine;
  publishing: PublishRate[];
  endToEnd: EndToEnd;
  latency: Latency;
  cost: CostFigures;
}

export function goalsOf({ cost, endToEnd, latency }: BenchResult): Goal[] {
  return [
    ...costGoals(cost),
    atMost("publish to POST, unloaded, p50 ms", 5, latency.unloaded.p50Ms),
    atLeast("fan-out 50 end to end, share of bare POSTs", 0.3, endToEnd.share),
  ];
}
