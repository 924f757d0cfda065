import { expect, test } from "vitest";
import { countAttempt, noCounts } from "../../../../shared/domain/stats/counts.ts";
import { percentileMs } from "../../../../shared/domain/stats/percentile.ts";
import { presentStats } from "../../../../shared/domain/stats/present-stats.ts";

const fromMs = Date.UTC(2024, 0, 24, 22);
const hourMs = 3_600_000;

function counted(startMs: number, attempts: [number | null, number][], failed = 0) {
  const counts = noCounts();
  for (const [statusCode, latencyMs] of attempts) countAttempt(counts, statusCode, latencyMs);
  counts.counters.failed = failed;
  return { startMs, counts };
}

test("shows every bucket, and zeros where nothing was counted", () => {
  const minutes = [
    counted(fromMs, [
      [200, 40],
      [503, 300],
    ]),
    counted(fromMs + hourMs - 60_000, [[200, 40]], 1),
    counted(fromMs + 2 * hourMs, [[null, 15_000]]),
  ];
  const none = { "2xx": 0, "3xx": 0, "4xx": 0, "5xx": 0, none: 0 };
  const window = { unit: "hour", fromMs, untilMs: fromMs + 3 * hourMs } as const;
  expect(presentStats(window, minutes)).toEqual([
    {
      startTime: "2024-01-24T22:00:00Z",
      delivered: 2,
      failed: 1,
      attempts: 3,
      byStatus: { ...none, "2xx": 2, "5xx": 1 },
      latencyMs: { p50: 44, p95: 370 },
    },
    {
      startTime: "2024-01-24T23:00:00Z",
      delivered: 0,
      failed: 0,
      attempts: 0,
      byStatus: none,
      latencyMs: null,
    },
    {
      startTime: "2024-01-25T00:00:00Z",
      delivered: 0,
      failed: 0,
      attempts: 1,
      byStatus: { ...none, none: 1 },
      latencyMs: { p50: 21_400, p95: 29_140 },
    },
  ]);
});

test("shows no bucket of a window that is over before it begins", () => {
  expect(presentStats({ unit: "hour", fromMs, untilMs: fromMs - hourMs }, [])).toEqual([]);
});

test.each([
  [{ 0: 4 }, 0.5, 5],
  [{ 0: 4 }, 1, 10],
  [{ 2: 10, 5: 10 }, 0.5, 50],
  [{ 2: 10, 5: 10 }, 0.75, 300],
  [{ 11: 1 }, 1, 30_000],
  [{}, 0.95, null],
])("of the buckets %o the share %s stayed within %s ms", (buckets, share, expected) => {
  const latencies = noCounts().latencies.map((_, index) => Object(buckets)[index] ?? 0);
  expect(percentileMs(latencies, share)).toBe(expected);
});
