import { longerStepSeconds, type OpenBreaker } from "./breaker.ts";
import { isTickDue } from "./breaker-clock.ts";
import { beginDrain, drainWindowSeconds, nextWindow, quietTicks } from "./drain.ts";
import { type Health, nextVersion } from "./health-record.ts";

export interface Tick {
  /** The number that the message carries. */
  readonly tick: number;
  readonly nowMs: number;
  readonly maxRatePerSecond: number;
  /** Whether the webhook still exists and is active. */
  readonly isActive: boolean;
}

export type TickAction =
  /** Try the parked delivery that was published first. */
  | { readonly kind: "probe" }
  /** Send so many parked deliveries back, evenly over that time. */
  | { readonly kind: "drain"; readonly howMany: number; readonly overSeconds: number }
  | { readonly kind: "none" };

/**
 * What a tick asks for. The health it answers sets the next tick and must be written before anything is
 * done: of two copies of a tick the second then carries a stale number, and does nothing.
 */
export function onTick(
  health: Health | undefined,
  tick: Tick,
): { health: Health | undefined; action: TickAction } {
  if (!health || !isTickDue(health.breaker, tick.tick, tick.nowMs)) {
    return { health, action: { kind: "none" } };
  }
  const { breaker } = health;
  const version = nextVersion(health, tick.nowMs);
  if (breaker.kind === "open" && tick.isActive) {
    const next = nextStep(breaker, version, tick.nowMs);
    return { health: { ...health, version, breaker: next }, action: { kind: "probe" } };
  }
  if (breaker.kind === "closed") return { health, action: { kind: "none" } };

  const draining = breaker.kind === "open" ? beginDrain(breaker, version, tick.nowMs) : breaker;
  const next = nextWindow(draining, version, tick);
  const howMany = Math.floor(next.ratePerSecond * drainWindowSeconds);
  return {
    health: { ...health, version, breaker: next },
    action: { kind: "drain", howMany, overSeconds: drainWindowSeconds },
  };
}

/** The park was found empty: the breaker closes, once nobody can be about to park any more. */
export function onDrained(health: Health | undefined, nowMs: number): Health | undefined {
  if (health?.breaker.kind !== "draining" || health.breaker.ticks < quietTicks) return health;
  if (health.failures === 0) return undefined;
  return { ...health, version: nextVersion(health, nowMs), breaker: { kind: "closed" } };
}

/** What activating a webhook makes of its health: it is posted to at once, and what was parked goes back. */
export function released(health: Health | undefined, nowMs: number): Health | undefined {
  if (health?.breaker.kind !== "open") return health;
  const version = nextVersion(health, nowMs);
  const breaker = beginDrain(health.breaker, version, nowMs);
  return { version, failures: 0, timeouts: 0, failingSinceMs: null, breaker };
}

function nextStep(breaker: OpenBreaker, version: number, nowMs: number): OpenBreaker {
  const stepSeconds = longerStepSeconds(breaker.stepSeconds);
  return { ...breaker, stepSeconds, tick: version, nextTickMs: nowMs + stepSeconds * 1000 };
}
