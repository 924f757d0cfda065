import type { StatsBucket } from "../../contract/stats.ts";
import { isoTime } from "../../contract/values/time.ts";
import { addCounts, type Counts, noCounts } from "./counts.ts";
import { percentileMs } from "./percentile.ts";
import { type StatsWindow, unitMs } from "./stats-window.ts";

interface Counted {
  readonly startMs: number;
  readonly counts: Counts;
}

/** Every bucket of the window, also those in which nothing was counted. */
export function presentStats(
  { unit, fromMs, untilMs }: StatsWindow,
  minutes: readonly Counted[],
): StatsBucket[] {
  const size = unitMs[unit];
  const length = Math.max(0, (untilMs - fromMs) / size);
  const buckets = Array.from({ length }, noCounts);
  for (const { startMs, counts } of minutes) {
    const bucket = buckets[Math.floor((startMs - fromMs) / size)];
    if (bucket) addCounts(bucket, counts);
  }
  return buckets.map((counts, index) => presentBucket(fromMs + index * size, counts));
}

function presentBucket(startMs: number, { counters, latencies }: Counts): StatsBucket {
  const { failed, ...byStatus } = counters;
  const [p50, p95] = [percentileMs(latencies, 0.5), percentileMs(latencies, 0.95)];
  return {
    startTime: isoTime(startMs),
    delivered: byStatus["2xx"],
    failed,
    attempts: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
    byStatus: {
      "2xx": byStatus["2xx"],
      "3xx": byStatus["3xx"],
      "4xx": byStatus["4xx"],
      "5xx": byStatus["5xx"],
      none: byStatus.none,
    },
    latencyMs: p50 === null || p95 === null ? null : { p50, p95 },
  };
}
