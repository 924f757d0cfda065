import {
  type DrainingBreaker,
  longerStepSeconds,
  longestStepSeconds,
  type OpenBreaker,
} from "./breaker.ts";
import { isTickDue } from "./breaker-clock.ts";
import { beginDrain, drainWindowSeconds, nextWindow, quietTicks } from "./drain.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";

export interface Tick {
  /** The number that the message carries. */
  readonly tick: number;
  readonly nowMs: number;
  readonly maxRatePerSecond: number;
  /** Whether the webhook still exists and is active. */
  readonly isActive: boolean;
  /** A random number from 0 to 1: how much of a step to wait, from four fifths to the whole. */
  readonly jitter?: number;
}

export type TickAction =
  /** Try the parked delivery that was published first. */
  | { readonly kind: "probe" }
  /** Send so many parked deliveries back, evenly over that time. */
  | { readonly kind: "drain"; readonly howMany: number; readonly overSeconds: number }
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
  switch (breaker.kind) {
    case "closed":
      return { health, action: { kind: "none" } };
    case "open": {
      if (!tick.isActive) return drain(health, beginDrain(breaker, version, tick.nowMs), tick);
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
  return health.failures === 0 ? undefined : { ...health, version, breaker: { kind: "closed" } };
}

/** What activating a webhook makes of its health: it is posted to at once, and what was parked goes back. */
export function released(health: Health | undefined, nowMs: number): Health | undefined {
  if (!health || health.breaker.kind === "closed") return undefined;
  const version = nextVersion(health, nowMs);
  const { breaker } = health;
  const draining = breaker.kind === "open" ? beginDrain(breaker, version, nowMs) : breaker;
  return { ...noFailures, version, breaker: draining };
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
