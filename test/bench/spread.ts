import { percentile } from "../support/percentile.ts";

/** How long something takes: usually, and once in a hundred times. */
export interface Spread {
  p50Ms: number;
  p99Ms: number;
}

export function spreadOf(timesMs: number[]): Spread {
  return { p50Ms: percentile(timesMs, 0.5), p99Ms: percentile(timesMs, 0.99) };
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}
