import type { Breaker, DrainingBreaker } from "./breaker.ts";
import { beginDrain } from "./drain.ts";
import { afterFailures } from "./health-failures.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";
import { isSlow } from "./slowness.ts";

/** What came of one batch's attempts at one webhook. An attempt that was not posted is neither. */
export interface BatchOutcome {
  readonly successes: number;
  readonly failures: number;
  /** Those of the failures that used up the whole deadline. */
  readonly timeouts: number;
  readonly nowMs: number;
}

/**
 * How a webhook fares after a batch; the same object when there is nothing to write. A batch with any
 * success is a success, whatever else was in it: the breaker is there for receivers that answer nothing
 * well, and who succeeded within seconds is not one. Only a drain still counts the failures, for its rate.
 */
export function afterBatch(
  health: Health | undefined,
  { successes, failures, timeouts, nowMs }: BatchOutcome,
): Health | undefined {
  if (successes > 0) return succeeded(health, failures, nowMs);
  if (failures > 0) return afterFailures(health, { count: failures, timeouts, nowMs });
  return health;
}

/** How a webhook fares after a success: undefined when it is well, so that its row goes. */
export function afterSuccess(health: Health | undefined, nowMs: number): Health | undefined {
  return succeeded(health, 0, nowMs);
}

function succeeded(
  health: Health | undefined,
  failures: number,
  nowMs: number,
): Health | undefined {
  if (!health) return undefined;
  if (health.breaker.kind === "closed")
    return isSlow(health, nowMs) ? unfailing(health) : undefined;
  const version = nextVersion(health, nowMs);
  if (health.breaker.kind === "open")
    return well(version, beginDrain(health.breaker, version, nowMs));

  const { breaker } = health;
  const isNews = health.failures > 0 || failures > 0 || !breaker.hasSucceeded;
  return isNews ? well(version, proved(breaker, failures)) : health;
}

/** What is left of a success: a receiver may answer well, and slowly. */
function unfailing(health: Health): Health {
  if (health.failures === 0) return health;
  return { ...health, ...noFailures, version: health.version + 1 };
}

function well(version: number, breaker: Breaker): Health {
  return { ...noFailures, version, breaker };
}

function proved(breaker: DrainingBreaker, failures: number): DrainingBreaker {
  return { ...breaker, hasSucceeded: true, failures: breaker.failures + failures };
}
