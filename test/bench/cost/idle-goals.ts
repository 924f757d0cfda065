import { type IdleCost, idleCost } from "../../infra/monitoring/idle-cost.ts";
import { synthesize } from "../../infra/synthesize.ts";
import { atMost, type Goal } from "../goal.ts";

/** What a month without a publish costs by the template of the default settings. */
export function measureIdle(): IdleCost {
  return idleCost(synthesize().template);
}

export function idleGoals({ list, free }: IdleCost): Goal[] {
  return [
    atMost("a month while idle, USD at list price", 5, list),
    atMost("a month while idle, USD with the free allowances that last", 3, free),
  ];
}
