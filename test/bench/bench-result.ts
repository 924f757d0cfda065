import type { IdleCost } from "../infra/monitoring/idle-cost.ts";
import { type ColdStarts, coldGoals } from "./bundles/cold-starts.ts";
import type { FunctionRow } from "./bundles/function-rows.ts";
import { loadGoals } from "./bundles/loads.ts";
import type { CostFigures } from "./cost/figures.ts";
import { costGoals } from "./cost/goals.ts";
import { idleGoals } from "./cost/idle-goals.ts";
import { type FilterCpu, filterGoals } from "./cpu/filter-cpu.ts";
import type { InsideFunctions } from "./cpu/inside-functions.ts";
import type { PostCpu } from "./cpu/post-cpu.ts";
import { atLeast, atMost, type Goal } from "./goal.ts";
import type { DeadNames } from "./isolation/dead-names.ts";
import type { Isolation } from "./isolation/isolation.ts";
import type { EndToEnd } from "./load/end-to-end.ts";
import type { Latency } from "./load/latency.ts";
import type { PublishRate } from "./load/publish-rates.ts";
import type { Machine } from "./machine.ts";

/** All that a run has measured. */
export interface BenchResult extends Pick<InsideFunctions, "cpuSplits"> {
  machine: Machine;
  publishing: PublishRate[];
  endToEnd: EndToEnd;
  latency: Latency;
  isolation: Isolation;
  deadNames: DeadNames;
  postCpu: PostCpu;
  filterCpu: FilterCpu;
  functions: FunctionRow[];
  cold: ColdStarts;
  cost: CostFigures;
  idle: IdleCost;
}

/** Of the client that went before this one, measured in the same way. */
const postCpuBefore = 2.05;

export function goalsOf({
  cold,
  cost,
  endToEnd,
  filterCpu,
  functions,
  idle,
  latency,
  postCpu,
}: BenchResult): Goal[] {
  return [
    ...costGoals(cost),
    ...idleGoals(idle),
    ...loadGoals(functions),
    ...coldGoals(cold),
    atMost(
      "CPU of a delivery's POST, as a multiple of a bare one's",
      1.1 * postCpuBefore,
      postCpu.ratio,
    ),
    ...filterGoals(filterCpu),
    atLeast("fan-out 50 end to end, as a share of bare POSTs", 0.3, endToEnd.share),
    atMost("publish to POST, unloaded, p50 ms", 5, latency.unloaded.p50Ms),
  ];
}
