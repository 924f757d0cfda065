import {
  beginDrain,
  type DrainingBreaker,
  isTimerDue,
  longerStepSeconds,
  maxStepSeconds,
  nextWindow,
  type OpenBreaker,
  quietSteps,
  quietTicks,
  tripBreaker,
} from "./breaker.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";
import { heldUntilMs, holdStepMs, isOutgrown, risen } from "./refusal.ts";
import { slotsIn, stepSeconds } from "./slots.ts";
import { atRest, paceAfter } from "./slowness.ts";

export interface BreakerTimerInput {
  /** The number that the message carries. */
  readonly tick: number;
  readonly nowMs: number;
  readonly maxRatePerSecond: number;
  /** How many POSTs a second the webhook may get, by its setting; undefined where nobody has set that. */
  readonly limitPerSecond?: number | undefined;
  /** Whether the webhook still exists and is active. */
  readonly isActive: boolean;
  /** Whether its cache is stopped, so that nothing may be posted. */
  readonly isSuspended?: boolean;
  /** A random number from 0 to 1: how much of a step to wait, from four fifths to the whole. */
  readonly jitter?: number;
}

export type BreakerTimerAction =
  /** Try the parked delivery that was published first. */
  | { readonly kind: "probe" }
  /** Send so many parked deliveries back, evenly over that time. */
  | {
      readonly kind: "drain";
      readonly howMany: number;
      readonly overSeconds: number;
      /** The rate for which slots must be reserved. */
      readonly perSecond?: number;
      /** Whether it is the first to find nothing, if it finds nothing. */
      readonly isFirstEmpty?: boolean;
    }
  /** The next timer is set, and there is nothing else to do. */
  | { readonly kind: "wait" }
  | { readonly kind: "none" };

interface BreakerTimerResult {
  readonly health: Health | undefined;
  readonly action: BreakerTimerAction;
}

/**
 * What a timer asks for. The health it returns sets the next timer and must be written before anything is
 * done: of two copies of a timer the second then carries a stale number, and does nothing.
 */
export function onBreakerTimer(
  health: Health | undefined,
  input: BreakerTimerInput,
): BreakerTimerResult {
  if (!health || !isTimerDue(health.breaker, input.tick, input.nowMs)) {
    return { health, action: { kind: "none" } };
  }
  const { breaker } = health;
  const version = nextVersion(health, input.nowMs);
  if (input.isSuspended && input.isActive && breaker.kind !== "closed") {
    return {
      health: { ...health, version, breaker: stillSuspended(breaker, version, input) },
      action: { kind: "wait" },
    };
  }
  const untilMs = input.isActive ? heldUntilMs(health, input.nowMs) : undefined;
  if (untilMs !== undefined && breaker.kind !== "closed") {
    const nextTickMs = Math.ceil(holdStepMs(untilMs, input.nowMs));
    return {
      health: { ...health, version, breaker: { ...breaker, tick: version, nextTickMs } },
      action: { kind: "wait" },
    };
  }
  switch (breaker.kind) {
    case "closed":
      return { health, action: { kind: "none" } };
    case "open": {
      if (!input.isActive || breaker.isSuspended)
        return drain(health, beginDrain(breaker, version, input.nowMs), input);
      const next = afterProbe(breaker, version, input);
      return { health: { ...health, version, breaker: next }, action: { kind: "probe" } };
    }
    case "draining":
      return drain(health, breaker, input);
  }
}

/**
 * The park was found empty. A drain ends, once nobody can be about to park any more. A breaker that has
 * come to its longest step lets go: the next delivery is posted, and its failure opens it again.
 */
export function onDrained(health: Health | undefined, nowMs: number): Health | undefined {
  if (!health || health.breaker.kind === "closed") return health;
  const { breaker } = health;
  const version = nextVersion(health, nowMs);
  if (breaker.kind === "open") {
    if (breaker.stepSeconds < maxStepSeconds) return health;
    return { ...health, version, breaker: beginDrain(breaker, version, nowMs) };
  }
  if (breaker.repair) return health;
  if (breaker.isLimited) {
    const emptySteps = (breaker.emptySteps ?? 0) + 1;
    if (emptySteps < quietSteps || !isOutgrown(health.throttle ?? {}))
      return { ...health, version, breaker: { ...breaker, emptySteps } };
  } else if (breaker.ticks < quietTicks && !breaker.wasClosed) return health;
  if (health.failures === 0) return atRest(health, { isFast: false, nowMs });
  const { throttle: _, ...rested } = health;
  return { ...rested, version, breaker: { kind: "closed" } };
}

/** A drain's step has found something put aside; the same object where that changes nothing. */
export function onFound(
  health: Health | undefined,
  {
    asked,
    found,
    nowMs,
  }: { readonly asked: number; readonly found: number; readonly nowMs: number },
): Health | undefined {
  if (health?.breaker.kind !== "draining") return health;
  const { breaker, throttle } = health;
  const isOver = found < asked && throttle?.perSecond !== undefined && isOutgrown(throttle);
  if (!isOver && !breaker.emptySteps) return health;
  const { throttle: _, ...unthrottled } = health;
  return {
    ...(isOver ? unthrottled : health),
    version: nextVersion(health, nowMs),
    breaker: { ...breaker, ...(breaker.emptySteps && { emptySteps: 0 }) },
  };
}

/**
 * What the suspension of its cache makes of a webhook's health when a delivery has to wait; the same object
 * when its breaker ticks already, since each of its ticks looks whether the cache is still suspended.
 */
export function holdForSuspension(health: Health | undefined, nowMs: number): Health {
  if (health && health.breaker.kind !== "closed") return health;
  const version = nextVersion(health, nowMs);
  const breaker = { ...tripBreaker(version, suspendedStepSeconds, nowMs), isSuspended: true };
  return { ...(health ?? noFailures), version, breaker };
}

/** Soon at first, for functions that learn a little later than others that a cache was resumed. */
const suspendedStepSeconds = 60;

function stillSuspended(
  breaker: OpenBreaker | DrainingBreaker,
  version: number,
  { nowMs }: BreakerTimerInput,
): OpenBreaker {
  const known = breaker.kind === "open" && breaker.isSuspended ? breaker.stepSeconds : 0;
  const stepSeconds = known === 0 ? suspendedStepSeconds : longerStepSeconds(known);
  const tripped = tripBreaker(version, stepSeconds, nowMs);
  const sinceMs = breaker.kind === "open" ? breaker.sinceMs : tripped.sinceMs;
  const { repair } = breaker;
  return { ...tripped, isSuspended: true, sinceMs, ...(repair && { repair }) };
}

/** What the end of its cache's suspension makes of a webhook's health: what was parked goes back. */
export function resumeBreaker(health: Health, nowMs: number): Health {
  if (health.breaker.kind !== "open" || !health.breaker.isSuspended) return health;
  const version = nextVersion(health, nowMs);
  return { ...health, version, breaker: beginDrain(health.breaker, version, nowMs) };
}

/** What activating a webhook makes of its health: nothing of its failures counts, and what was parked goes back. */
export function resetBreaker(health: Health | undefined, nowMs: number): Health | undefined {
  if (!health) return undefined;
  const { breaker } = health;
  if (breaker.kind === "closed") return atRest(health, { isFast: false, nowMs });
  const version = nextVersion(health, nowMs);
  const isHeld = heldUntilMs(health, nowMs) !== undefined;
  const draining = breaker.kind === "open" ? beginDrain(breaker, version, nowMs) : breaker;
  return {
    ...noFailures,
    version,
    // The step that waits for what the receiver has asked for is not waited for.
    breaker: isHeld ? { ...draining, tick: version, nextTickMs: nowMs } : draining,
    ...paceAfter(health, { isFast: false, nowMs }),
  };
}

function drain(
  health: Health,
  breaker: DrainingBreaker,
  input: BreakerTimerInput,
): BreakerTimerResult {
  const version = nextVersion(health, input.nowMs);
  // Who is inactive gets nothing: what waits for its time ends when that has come.
  const { repair, ...unrepaired } = breaker;
  const wanted = repair && input.isActive ? breaker : unrepaired;
  const { throttle: before, ...unthrottled } = health;
  const throttle = input.isActive ? risen(before) : undefined;
  // What needs no POST needs no slot.
  const perSecond = input.isActive ? (input.limitPerSecond ?? throttle?.perSecond) : undefined;
  const seconds = stepSeconds(perSecond, input.limitPerSecond === undefined);
  const next = nextWindow(wanted, version, { ...input, seconds });
  const atRate = Math.floor(next.ratePerSecond * seconds);
  const howMany = perSecond === undefined ? atRate : Math.min(atRate, slotsIn(seconds, perSecond));
  return {
    health: {
      ...unthrottled,
      // The failures of an inactive webhook's past are not held against it when it is activated again.
      ...(!input.isActive && noFailures),
      ...(throttle && { throttle }),
      version,
      breaker: next,
    },
    action: {
      kind: "drain",
      howMany,
      overSeconds: seconds,
      ...(perSecond !== undefined && { perSecond, isFirstEmpty: !breaker.emptySteps }),
    },
  };
}

/** Without jitter, webhooks that went down together would knock together, and overload what comes up. */
function afterProbe(
  breaker: OpenBreaker,
  version: number,
  { nowMs, jitter = 1 }: BreakerTimerInput,
): OpenBreaker {
  const stepSeconds = longerStepSeconds(breaker.stepSeconds);
  const waitMs = Math.round(stepSeconds * 1000 * (0.8 + 0.2 * jitter));
  return { ...breaker, stepSeconds, tick: version, nextTickMs: nowMs + waitMs };
}
