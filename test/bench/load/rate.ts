import type { Arrival } from "./arrivals.ts";

/** Arrivals a second, from the first to the last. */
export function ratePerSecond(arrivals: readonly Arrival[]): number {
  const timesMs = arrivals.map(({ atMs }) => atMs);
  return ((timesMs.length - 1) / (Math.max(...timesMs) - Math.min(...timesMs))) * 1000;
}
