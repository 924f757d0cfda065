import {
  type DrainingBreaker,
  longerStepSeconds,
  longestStepSeconds,
  type OpenBreaker,
  openBreaker,
} from "./breaker.ts";
import { isTickDue } from "./breaker-clock.ts";
import { beginDrain, drainWindowSeconds, nextWindow, quietTicks } from "./drain.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";
import { atRest, paceAfter } from "./slowness.ts";

export interface Tick {
  /** The number that the message carries. */
  readonly tick: number;
  readonly nowMs: number;
  readonly maxRatePerSecond: number;
  /** Whether the webhook still exists and is active. */
  readonly isActive: boolean;
  /** Whether its cache is stopped, so that nothing may be posted. */
  readonly isSuspended?: boolean;
  /** A random number from 0 to 1: how much of a step to wait, from four fifths to the whole. */
  readonly jitter?: number;
}

export type TickAction =
  /** Try the parked delivery that was published first. */
  | { readonly kind: "probe" }
  /** Send so many parked deliveries back, evenly over that time. */
  | { readonly kind: "drain"; readonly howMany: number; readonly overSeconds: number }
  /** The next tick is set, and there is nothing else to do. */
  | { readonly kind: "wait" }
  | { readonly kind: "none" };

interface Ticked {
  readonly health: Health | undefined;
  readonly action: TickAction;
}

/**
 * What a tick asks for. The health it answers sets the next tick and must be written before anything is
 * done: of two copies of a tick the second then carries a stale number, and does nothing.
 */
export function onTick(health: Health | undefined, tick: Tick): Ticked {
  if (!health || !isTickDue(health.breaker, tick.tick, tick.nowMs)) {
    return { health, action: { kind: "none" } };
  }
  const { breaker } = health;
  const version = nextVersion(health, tick.nowMs);
  if (tick.isSuspended && tick.isActive && breaker.kind !== "closed") {
    return {
      health: { ...health, version, breaker: stillSuspended(breaker, version, tick) },
      action: { kind: "wait" },
    };
  }
  switch (breaker.kind) {
    case "closed":
      return { health, action: { kind: "none" } };
    case "open": {
      if (!tick.isActive || breaker.isSuspended)
        return drain(health, beginDrain(breaker, version, tick.nowMs), tick);
      const next = afterProbe(breaker, version, tick);
      return { health: { ...health, version, breaker: next }, action: { kind: "probe" } };
    }
    case "draining":
      return drain(health, breaker, tick);
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
    if (breaker.stepSeconds < longestStepSeconds) return health;
    return { ...health, version, breaker: beginDrain(breaker, version, nowMs) };
  }
  if (breaker.ticks < quietTicks) return health;
  if (health.failures === 0) return atRest(health, { isFast: false, nowMs });
  return { ...health, version, breaker: { kind: "closed" } };
}

/**
 * What the suspension of its cache makes of a webhook's health when a delivery has to wait; the same object
 * when its breaker ticks already, since each of its ticks looks whether the cache is still suspended.
 */
export function heldForSuspension(health: Health | undefined, nowMs: number): Health {
  if (health && health.breaker.kind !== "closed") return health;
  const version = nextVersion(health, nowMs);
  const breaker = { ...openBreaker(version, suspendedStepSeconds, nowMs), isSuspended: true };
  return { ...(health ?? noFailures), version, breaker };
}

/** Soon at first, for functions that learn a little later than others that a cache was resumed. */
const suspendedStepSeconds = 60;

function stillSuspended(
  breaker: OpenBreaker | DrainingBreaker,
  version: number,
  { nowMs }: Tick,
): OpenBreaker {
  const known = breaker.kind === "open" && breaker.isSuspended ? breaker.stepSeconds : 0;
  const stepSeconds = known === 0 ? suspendedStepSeconds : longerStepSeconds(known);
  return { ...openBreaker(version, stepSeconds, nowMs), isSuspended: true };
}

/** What the end of its cache's suspension makes of a webhook's health: what was parked goes back. */
export function resumed(health: Health, nowMs: number): Health {
  if (health.breaker.kind !== "open" || !health.breaker.isSuspended) return health;
  const version = nextVersion(health, nowMs);
  return { ...health, version, breaker: beginDrain(health.breaker, version, nowMs) };
}

/** What activating a webhook makes of its health: nothing of its failures counts, and what was parked goes back. */
export function released(health: Health | undefined, nowMs: number): Health | undefined {
  if (!health) return undefined;
  const { breaker } = health;
  if (breaker.kind === "closed") return atRest(health, { isFast: false, nowMs });
  const version = nextVersion(health, nowMs);
  const draining = breaker.kind === "open" ? beginDrain(breaker, version, nowMs) : breaker;
  return {
    ...noFailures,
    version,
    breaker: draining,
    ...paceAfter(health, { isFast: false, nowMs }),
  };
}

function drain(health: Health, breaker: DrainingBreaker, tick: Tick): Ticked {
  const version = nextVersion(health, tick.nowMs);
  const next = nextWindow(breaker, version, tick);
  const howMany = Math.floor(next.ratePerSecond * drainWindowSeconds);
  return {
    // The failures of an inactive webhook's past are not held against it when it is activated again.
    health: { ...health, ...(!tick.isActive && noFailures), version, breaker: next },
    action: { kind: "drain", howMany, overSeconds: drainWindowSeconds },
  };
}

/** Without jitter, webhooks that went down together would knock together, and overload what comes up. */
function afterProbe(
  breaker: OpenBreaker,
  version: number,
  { nowMs, jitter = 1 }: Tick,
): OpenBreaker {
  const stepSeconds = longerStepSeconds(breaker.stepSeconds);
  const waitMs = Math.round(stepSeconds * 1000 * (0.8 + 0.2 * jitter));
  return { ...breaker, stepSeconds, tick: version, nextTickMs: nowMs + waitMs };
}
