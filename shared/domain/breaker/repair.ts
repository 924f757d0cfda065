import {
  type Breaker,
  beginDrain,
  firstRatePerSecond,
  firstStepSeconds,
  type Repair,
} from "./breaker.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";

/** The clocks of two functions may differ by so much. */
const clockSlackMs = 1_000;

/** A repair of whatever was published until now. */
export function repairUntil(nowMs: number): Repair {
  return { untilMs: nowMs + clockSlackMs };
}

/**
 * What a repair makes of a webhook's health: its failures do not count any more, what was put aside goes back, and what
 * waits for its time is made due. A repair that is under way begins anew within the same drain. What its receiver has
 * asked for still holds, and so does the suspension of its cache.
 */
export function repairBreaker(health: Health | undefined, nowMs: number): Health {
  const version = nextVersion(health, nowMs);
  const breaker = repaired(health?.breaker ?? { kind: "closed" }, version, nowMs);
  return { ...health, ...noFailures, version, breaker };
}

function repaired(breaker: Breaker, version: number, nowMs: number): Breaker {
  const repair = repairUntil(nowMs);
  if (breaker.kind === "open" && breaker.isSuspended) return { ...breaker, repair };
  // Its next step comes when it would have come: whoever repairs again and again makes nothing faster.
  if (breaker.kind === "draining") {
    const ratePerSecond = Math.max(breaker.ratePerSecond, firstRatePerSecond);
    return { ...breaker, ratePerSecond, failures: 0, repair };
  }
  const draining = beginDrain({ stepSeconds: firstStepSeconds, repair }, version, nowMs);
  return breaker.kind === "closed" ? { ...draining, wasClosed: true } : draining;
}

export interface RepairStep {
  /** Where the step began, as the repair said it. */
  readonly repair: Repair;
  /** The messageId to go on with; null at the end. */
  readonly next: string | null;
}

/** A step of a repair has come so far; the same object if that is no news, or the repair began anew meanwhile. */
export function afterRepairStep(
  health: Health | undefined,
  { repair: { untilMs, from }, next }: RepairStep,
  nowMs: number,
): Health | undefined {
  if (health?.breaker.kind !== "draining") return health;
  const { repair, ...breaker } = health.breaker;
  if (repair?.untilMs !== untilMs || repair.from !== from || next === from) return health;
  const rest = next === null ? breaker : { ...breaker, repair: { untilMs, from: next } };
  return { ...health, version: nextVersion(health, nowMs), breaker: rest };
}
