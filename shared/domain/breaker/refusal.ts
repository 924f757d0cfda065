import type { WebhookRecord } from "../webhooks/webhook-record.ts";
import {
  type DrainingBreaker,
  firstRatePerSecond,
  firstStepSeconds,
  maxStepSeconds,
} from "./breaker.ts";
import { type Health, nextVersion, noFailures, type Throttle } from "./health-record.ts";

const lowestPerSecond = 0.1;
const highestPerSecond = 1_000;
/** Of the refusals of one second the first has said it all. */
const sameRefusalMs = 2_000;
/** Retry-After is kept to for a day at most; what lies further off was written by a clock that had jumped. */
const maxHoldMs = 86_400_000 + 60_000;
/** A first step soon, for what did not fit into the second of its publish. */
const firstStepMs = 1_000;

/** How many POSTs a second a webhook may get; undefined when nothing bounds them. */
export function perSecondOf(
  { maxPerSecond }: Pick<WebhookRecord, "maxPerSecond">,
  health: Health | undefined,
): number | undefined {
  return maxPerSecond ?? health?.throttle?.perSecond;
}

/** Until when its receiver has asked to be left alone; undefined when it has not. */
export function heldUntilMs(health: Health | undefined, nowMs: number): number | undefined {
  const untilMs = health?.throttle?.heldUntilMs ?? 0;
  return untilMs > nowMs && untilMs - nowMs <= maxHoldMs ? untilMs : undefined;
}

export interface Refusal {
  /** What `retry-after` asked for. */
  readonly notBeforeMs: number | undefined;
  /** What this environment posted to it in the last second. */
  readonly sentPerSecond: number;
  /** Whether somebody has set a rate: that one is kept to then. */
  readonly hasLimit: boolean;
  readonly nowMs: number;
}

/** A webhook's health after a refusal; the same object when that says nothing new. */
export function afterRefusal(health: Health | undefined, refusal: Refusal): Health | undefined {
  const { notBeforeMs = 0, nowMs } = refusal;
  const known = health?.throttle ?? {};
  const slowed = refusal.hasLimit ? known : slower(known, refusal);
  const isHeldLonger = notBeforeMs > Math.max(nowMs, known.heldUntilMs ?? 0);
  if (!isHeldLonger && slowed === known) return health;
  const throttle = isHeldLonger ? { ...slowed, heldUntilMs: Math.ceil(notBeforeMs) } : slowed;
  const version = nextVersion(health, nowMs);
  const nextTickMs = isHeldLonger ? holdStepMs(notBeforeMs, nowMs) : nowMs + firstStepMs;
  return {
    ...(health ?? noFailures),
    version,
    throttle,
    breaker:
      health && health.breaker.kind !== "closed"
        ? health.breaker
        : limitedDrain(version, Math.ceil(nextTickMs), nowMs),
  };
}

/** Half of what was just sent. Of the first refusal that is no more than this environment knows of. */
function slower(known: Throttle, { sentPerSecond, nowMs }: Refusal): Throttle {
  const sinceMs = nowMs - (known.slowedTimeMs ?? 0);
  if (sinceMs >= 0 && sinceMs < sameRefusalMs) return known;
  const sent = known.perSecond ?? sentPerSecond;
  const perSecond = Math.max(lowestPerSecond, Math.round(50 * sent) / 100);
  const refusedPerSecond = known.perSecond;
  return { ...known, perSecond, refusedPerSecond, slowedTimeMs: nowMs, cleanSteps: 0 };
}

/** When a timer of somebody who must wait is next to look: at the end, or as late as a queue can hold it. */
export function holdStepMs(untilMs: number, nowMs: number): number {
  return Math.min(untilMs, nowMs + maxStepSeconds * 1_000);
}

/**
 * The health of a webhook of which a delivery is about to be put aside for its rate: its timer runs, and goes on until
 * nobody can be about to do so any more. The same object if that is so already.
 */
export function awaitingSlots(health: Health | undefined, nowMs: number): Health {
  const { breaker } = health ?? {};
  if (health && breaker?.kind === "open") return health;
  if (health && breaker?.kind === "draining" && breaker.isLimited && !breaker.emptySteps)
    return health;
  const version = nextVersion(health, nowMs);
  const draining: DrainingBreaker =
    breaker?.kind === "draining"
      ? { ...breaker, isLimited: true, emptySteps: 0 }
      : limitedDrain(version, nowMs + firstStepMs, nowMs);
  return { ...(health ?? noFailures), version, breaker: draining };
}

function limitedDrain(version: number, nextTickMs: number, nowMs: number): DrainingBreaker {
  return {
    kind: "draining",
    ratePerSecond: firstRatePerSecond,
    tick: version,
    nextTickMs,
    ticks: 0,
    failures: 0,
    hasSucceeded: false,
    reopenStepSeconds: firstStepSeconds,
    isLimited: true,
    sinceMs: Math.floor(nowMs),
  };
}

/** After a step without a refusal the rate rises: fast until it is known how much is too much. */
export function risen(throttle: Throttle | undefined): Throttle | undefined {
  if (throttle?.perSecond === undefined) return undefined;
  const { perSecond, refusedPerSecond, cleanSteps = 0 } = throttle;
  const rise = cleanSteps === 0 ? 1 : refusedPerSecond === undefined ? 2 : 1.2;
  const next = Math.min(highestPerSecond, Math.round(100 * perSecond * rise) / 100);
  const { heldUntilMs: _, ...kept } = throttle;
  return { ...kept, perSecond: next, cleanSteps: Math.min(cleanSteps + 1, 2) };
}

/** A rate that has not been refused for a whole step and leaves nothing waiting bounds nothing any more. */
export function isOutgrown({ perSecond, cleanSteps = 0 }: Throttle): boolean {
  return perSecond === undefined || cleanSteps >= 2;
}
