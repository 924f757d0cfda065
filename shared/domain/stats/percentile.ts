import { latencyBounds } from "./counts.ts";

/** Where the last bucket is taken to end: no attempt may last longer. */
const maxMs = 30_000;

/** The latency that this share of attempts stayed within, interpolated in its bucket; null where there are none. */
export function percentileMs(latencies: readonly number[], share: number): number | null {
  const total = latencies.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = share * total;
  let below = 0;
  for (const [index, count] of latencies.entries()) {
    if (count > 0 && below + count >= rank) {
      const from = latencyBounds[index - 1] ?? 0;
      const to = latencyBounds[index] ?? maxMs;
      return Math.round(from + ((rank - below) / count) * (to - from));
    }
    below += count;
  }
  return maxMs;
}
