import { atRest, isSlow, paceAfter } from "../lanes/slowness.ts";
import type { Breaker, DrainingBreaker } from "./breaker.ts";
import { beginDrain } from "./drain.ts";
import { afterFailures } from "./health-failures.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";

/** What came of one batch's attempts at one webhook. An attempt that was not posted is neither. */
export interface BatchOutcome {
  readonly successes: number;
  readonly failures: number;
  /** Those of the failures that used up the whole deadline. */
  readonly timeouts: number;
  /** Whether any of the successes was fast. */
  readonly isFast?: boolean;
  readonly nowMs: number;
}

/**
 * How a webhook fares after a batch; the same object when there is nothing to write. A batch with any
 * success is a success, whatever else was in it: the breaker is there for receivers that answer nothing
 * well, and who succeeded within seconds is not one. Only a drain still counts the failures, for its rate.
 */
export function afterBatch(
  health: Health | undefined,
  { successes, failures, timeouts, isFast = false, nowMs }: BatchOutcome,
): Health | undefined {
  if (successes > 0) return succeeded(health, failures, { isFast, nowMs });
  if (failures > 0) return afterFailures(health, { count: failures, timeouts, nowMs });
  return health;
}

/** Whether a webhook fails, or may be slow. */
export function isUnwell(health: Health | undefined, nowMs: number): boolean {
  if (!health) return false;
  const { failures, breaker, isNewcomer } = health;
  // What waits for its turn at a rate says nothing of the receiver.
  const isTroubled = breaker.kind === "open" || (breaker.kind === "draining" && !breaker.isLimited);
  return failures > 0 || isTroubled || isNewcomer === true || isSlow(health, nowMs);
}

interface Success {
  readonly isFast: boolean;
  readonly nowMs: number;
}

/** How a webhook fares after a fast success: undefined when it is well, so that its row goes. */
export function afterSuccess(health: Health | undefined, nowMs: number): Health | undefined {
  return succeeded(health, 0, { isFast: true, nowMs });
}

function succeeded(
  health: Health | undefined,
  failures: number,
  success: Success,
): Health | undefined {
  if (!health) return undefined;
  const { breaker } = health;
  if (breaker.kind === "closed") return atRest(health, success);
  const version = nextVersion(health, success.nowMs);
  // A receiver may answer well, and slowly: of its pace a success says something only if it was fast.
  const pace = paceAfter(health, success);
  const { throttle } = health;
  const well = (next: Breaker): Health => ({
    ...noFailures,
    version,
    breaker: next,
    ...(throttle && { throttle }),
    ...pace,
  });
  if (breaker.kind === "open") return well(beginDrain(breaker, version, success.nowMs));

  const isProof = health.isNewcomer === true && pace?.isNewcomer !== true;
  const isNews = health.failures > 0 || failures > 0 || !breaker.hasSucceeded || isProof;
  return isNews ? well(succeeding(breaker, failures)) : health;
}

function succeeding(breaker: DrainingBreaker, failures: number): DrainingBreaker {
  return { ...breaker, hasSucceeded: true, failures: breaker.failures + failures };
}
