import { expect, test } from "vitest";
import { openStatsRecorder } from "../../../../shared/delivery/attempt/stats-recorder.ts";
import type { Attempted } from "../../../../shared/domain/attempts/delivery-record.ts";
import type { CountedBatch } from "../../../../shared/store/health/stats-counter.ts";
import { catchOutput } from "../../output.ts";
import { attemptWith, publishedTimeMs, webhookId } from "../../samples.ts";

const output = catchOutput();
const otherId = webhookId.replace(/.$/, "X");
/** 23:20, half a minute before the attempts of these tests. */
const minute = Date.UTC(2024, 0, 24, 23, 20);

function recorder() {
  const written: [string, CountedBatch][] = [];
  const stats = {
    add: async (id: string, batch: CountedBatch) => void written.push([id, batch]),
  };
  return { written, stats: openStatsRecorder({ stats, now: () => minute + 119_000 }) };
}

function attempt(statusCode: number | null, timeMs = publishedTimeMs): Attempted {
  const isSuccess = statusCode === 200;
  const error = isSuccess ? null : `HTTP ${statusCode}`;
  const verdict = isSuccess
    ? ({ kind: "delivered" } as const)
    : ({ kind: "retry", error: String(error) } as const);
  const record = attemptWith({ statusCode, error, timeMs, latencyMs: 12 });
  return { verdict, record, isTimeout: false };
}

test("writes once a webhook, by the minutes in which attempts began", async () => {
  const { stats, written } = recorder();
  stats.attempted(webhookId, attempt(200));
  stats.attempted(webhookId, attempt(500, publishedTimeMs + 1_000));
  stats.attempted(webhookId, attempt(200, publishedTimeMs + 60_000));
  stats.attempted(otherId, attempt(null));
  stats.failed(otherId);
  await stats.write();
  expect(written).toMatchObject([
    [
      webhookId,
      {
        minutes: [
          { startMs: minute, counts: { counters: { "2xx": 1, "5xx": 1, failed: 0 } } },
          { startMs: minute + 60_000, counts: { counters: { "2xx": 1 } } },
        ],
      },
    ],
    [
      otherId,
      {
        minutes: [
          { startMs: minute, counts: { counters: { none: 1, failed: 0 } } },
          { startMs: minute + 60_000, counts: { counters: { none: 0, failed: 1 } } },
        ],
      },
    ],
  ]);
});

test("tells the last attempt and the last success, in whatever order they end", async () => {
  const { stats, written } = recorder();
  stats.attempted(webhookId, attempt(503, publishedTimeMs + 2_000));
  stats.attempted(webhookId, attempt(200, publishedTimeMs + 1_000));
  stats.attempted(webhookId, attempt(200, publishedTimeMs));
  await stats.write();
  expect(written[0]?.[1].latest).toEqual({
    lastAttemptMs: publishedTimeMs + 2_000,
    lastSuccessMs: publishedTimeMs + 1_000,
    lastStatusCode: 503,
    lastError: "HTTP 503",
  });
});

test("says nothing of attempts where deliveries ended without one", async () => {
  const { stats, written } = recorder();
  stats.failed(webhookId);
  await stats.write();
  expect(written[0]?.[1].latest).toBeUndefined();
});

test("a count that cannot be written is given up, and no other with it", async () => {
  const written: string[] = [];
  const stats = openStatsRecorder({
    stats: {
      async add(id) {
        if (id === webhookId) throw new Error("throttled");
        written.push(id);
      },
    },
    now: () => publishedTimeMs,
  });
  stats.attempted(webhookId, attempt(200));
  stats.attempted(otherId, attempt(200));
  await expect(stats.write()).resolves.toBeUndefined();
  expect(written).toEqual([otherId]);
  expect(output.text).toContain('"event":"stats.unrecorded"');
});
