import { longerStepSeconds } from "./breaker.ts";
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
  /** Send so many parked deliveries, evenly over that time. */
  | { readonly kind: "drain"; readonly howMany: number; readonly overSeconds: number }
  | { readonly kind: "none" };

export interface Ticked {
  readonly health: Health | undefined;
  readonly action: TickAction;
}

/**
 * What a tick asks for. The health it answers sets the next tick and must be written before anything is
 * done: of two copies of a tick the second then carries a stale number, and does nothing.
 */
export function onTick(health: Health | undefined, tick: Tick): Ticked {
  if (!health || !isDue(health, tick)) return { health, action: { kind: "none" } };
  const version = nextVersion(health, tick.nowMs);
  const { breaker } = health;

  if (breaker.kind === "open" && tick.isActive) {
    const stepSeconds = longerStepSeconds(breaker.stepSeconds);
    const nextTickMs = tick.nowMs + breaker.stepSeconds * 1000;
    const next = { ...breaker, stepSeconds, tick: version, nextTickMs };
    return { health: { ...health, version, breaker: next }, action: { kind: "probe" } };
  }
  return { health, action: { kind: "none" } };
}
