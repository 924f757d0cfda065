import {
  type Breaker,
  beginDrain,
  type DrainingBreaker,
  firstStepSeconds,
  tripBreaker,
} from "./breaker.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";
import { repairUntil } from "./repair.ts";
import { atRest, isSlow, paceAfter } from "./slowness.ts";

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
 * A webhook's health after a batch; the same object when there is nothing to write. A batch with any
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

/** A webhook's health after a fast success: undefined when it is well, so that its row goes. */
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
  if (breaker.kind === "open") {
    const repair = repairUntil(success.nowMs);
    return well(beginDrain({ ...breaker, repair }, version, success.nowMs));
  }

  const isProof = health.isNewcomer === true && pace?.isNewcomer !== true;
  const isNews = health.failures > 0 || failures > 0 || !breaker.hasSucceeded || isProof;
  return isNews ? well(succeeding(breaker, failures)) : health;
}

function succeeding(breaker: DrainingBreaker, failures: number): DrainingBreaker {
  return { ...breaker, hasSucceeded: true, failures: breaker.failures + failures };
}

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
 * A webhook's health after failed attempts. The same object when nothing changed: while the breaker is
 * open a failure is no news, since the timer that sent the probe has already set the next.
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

/** The latest success anywhere in the deployment, as good as one writing a minute knows it. */
export interface Heartbeat {
  readonly lastSuccessMs: number;
  readonly webhookId: string;
}

interface Circumstances {
  readonly nowMs: number;
  readonly webhookId: string;
  readonly heartbeat: Heartbeat | undefined;
}

const failingLongestMs = 5 * 86_400_000;
const minFailures = 10;
const heartbeatAliveMs = 300_000;

/** Whether a webhook has failed so long that it is made inactive. */
export function shouldSwitchOff(health: Health | undefined, circumstances: Circumstances): boolean {
  if (!health || health.failingSinceMs === null || health.failures < minFailures) return false;
  const failingMs = circumstances.nowMs - health.failingSinceMs;
  return failingMs >= failingLongestMs && !mayBeOurFault(circumstances);
}

/**
 * When nobody receives anything, we are the likelier culprit. Where no other webhook has ever succeeded,
 * or the last success anywhere was this very webhook's own, there is nobody to judge by.
 */
function mayBeOurFault({ nowMs, webhookId, heartbeat }: Circumstances): boolean {
  if (!heartbeat || heartbeat.webhookId === webhookId) return false;
  return nowMs - heartbeat.lastSuccessMs > heartbeatAliveMs;
}
