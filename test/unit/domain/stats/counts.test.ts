import { expect, test } from "vitest";
import {
  addCounts,
  countAttempt,
  noCounts,
  packCounts,
  unpackCounts,
} from "../../../../shared/domain/stats/counts.ts";

test.each([
  [200, "2xx"],
  [299, "2xx"],
  [304, "3xx"],
  [410, "4xx"],
  [500, "5xx"],
  [999, "5xx"],
  [101, "none"],
  [null, "none"],
] as const)("an answer of %s counts as %s", (statusCode, name) => {
  const counts = noCounts();
  countAttempt(counts, statusCode, 1);
  expect(counts.counters).toEqual({ ...noCounts().counters, [name]: 1 });
});

test.each([
  [0, 0],
  [10, 0],
  [11, 1],
  [12_800, 10],
  [12_801, 11],
  [30_000, 11],
])("%s ms count in bucket %s", (latencyMs, bucket) => {
  const counts = noCounts();
  countAttempt(counts, 200, latencyMs);
  expect(counts.latencies.indexOf(1)).toBe(bucket);
});

test("packed counts add up as the counts do", () => {
  const [a, b] = [noCounts(), noCounts()];
  for (const [statusCode, latencyMs] of [
    [200, 5],
    [200, 20_000],
    [503, 300],
    [null, 15_000],
  ] as const) {
    countAttempt(a, statusCode, latencyMs);
    countAttempt(b, statusCode, 2 * latencyMs);
  }
  b.counters.failed = 999_990;
  const [one, other] = [packCounts(a), packCounts(b)];
  addCounts(a, b);
  expect(
    unpackCounts({
      counters: one.counters + other.counters,
      fast: one.fast + other.fast,
      slow: one.slow + other.slow,
    }),
  ).toEqual(a);
});
