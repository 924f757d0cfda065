import { firstStepSeconds, tripBreaker } from "./breaker.ts";
import { type Health, nextVersion } from "./health-record.ts";

export interface Failures {
  /** Failed attempts of one batch, at least one. */
  readonly count: number;
  /** How many of them used up the whole deadline. */
  readonly timeouts: number;
  readonly nowMs: number;
}

const openingFailures = 10;
const openingTimeouts = 10;
const openingSpanMs = 60_000;

/** As far as failures in a row are counted: no rule asks for more, and a count that stands is not written. */
const maxCounted = Math.max(openingFailures, openingTimeouts);

/**
 * How a webhook fares after failed attempts. The same object when nothing changed: while the breaker is
 * open a failure is no news, since the tick that sent the probe has already set the next.
 */
export function afterFailures(health: Health | undefined, failed: Failures): Health {
  if (health?.breaker.kind === "open") return health;
  const counted = count(health, failed);
  if (mustOpen(counted, failed.nowMs)) {
    const breaker = tripBreaker(counted.version, stepSeconds(counted), failed.nowMs);
    return { ...counted, breaker };
  }
  return health && isSame(health, counted) ? health : counted;
}

function count(health: Health | undefined, { count, timeouts, nowMs }: Failures): Health {
  const breaker = health?.breaker ?? { kind: "closed" };
  const failures = (health?.failures ?? 0) + count;
  return {
    ...health,
    version: nextVersion(health, nowMs),
    failures: Math.min(failures, maxCounted),
    timeouts: Math.min(timeoutsInARow(health, { count, timeouts }), maxCounted),
    failingSinceMs: health?.failingSinceMs ?? nowMs,
    breaker:
      breaker.kind === "draining" ? { ...breaker, failures: breaker.failures + count } : breaker,
  };
}

/** A batch's POSTs begin together, so its time-outs end last: a failure of another kind came before them. */
function timeoutsInARow(
  health: Health | undefined,
  { count, timeouts }: Pick<Failures, "count" | "timeouts">,
): number {
  return timeouts === count ? (health?.timeouts ?? 0) + timeouts : timeouts;
}

/**
 * A drain is stopped by failures in a row alone: one failure of a flaky receiver is followed by a success,
 * a dead receiver is found out after as many POSTs as it takes to tell the two apart.
 */
function mustOpen({ failures, timeouts, failingSinceMs, breaker }: Health, nowMs: number): boolean {
  if (timeouts >= openingTimeouts) return true;
  if (failures < openingFailures || failingSinceMs === null) return false;
  const isRecovering = breaker.kind === "draining" && !breaker.isLimited;
  return isRecovering || nowMs - failingSinceMs >= openingSpanMs;
}

/** A receiver that answers probes and nothing else is left alone for longer each time. */
function stepSeconds({ breaker }: Health): number {
  return breaker.kind === "draining" ? breaker.reopenStepSeconds : firstStepSeconds;
}

function isSame(a: Health, b: Health): boolean {
  return (
    a.breaker === b.breaker &&
    a.failures === b.failures &&
    a.timeouts === b.timeouts &&
    a.failingSinceMs === b.failingSinceMs
  );
}
