import { expect, test } from "vitest";
import { type Counts, countAttempt, noCounts } from "../../../../shared/domain/stats/counts.ts";
import {
  type LatestAttempts,
  openStatsCounter,
} from "../../../../shared/store/health/stats-counter.ts";
import { openStatsStore } from "../../../../shared/store/health/stats-store.ts";
import { freshWebhookId } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
process.env.DELIVERY_STATS = "true";

const counter = openStatsCounter();
const store = openStatsStore();
const minuteMs = 60_000;
/** A time at which ten minutes begin. */
const startMs = Date.UTC(2024, 0, 24, 23, 20);
const day = { fromMs: startMs - 86_400_000, untilMs: startMs + 86_400_000 };

function countsOf(statusCodes: (number | null)[], latencyMs = 30): Counts {
  const counts = noCounts();
  for (const statusCode of statusCodes) countAttempt(counts, statusCode, latencyMs);
  return counts;
}

function at(timeMs: number, counts: Counts, latest?: Partial<LatestAttempts>) {
  const known = { lastAttemptMs: timeMs, lastStatusCode: 200, lastError: null, ...latest };
  return { minutes: [{ startMs: timeMs, counts }], latest: known };
}

test("adds up what batches count in a minute, whichever environments count at once", async () => {
  const id = freshWebhookId();
  const batch = at(startMs, countsOf([200, 200, 500, 404, null, 301]));
  await Promise.all(Array.from({ length: 12 }, () => openStatsCounter().add(id, batch)));
  const counters = { "2xx": 24, "3xx": 12, "4xx": 12, "5xx": 12, none: 12, failed: 0 };
  const found = await store.minutes(id, day);
  expect(found).toMatchObject([{ startMs, counts: { counters } }]);
  expect(found[0]?.counts.latencies).toEqual([0, 0, 72, ...Array(9).fill(0)]);
});

test("keeps every digit of six counters that are nearly full", async () => {
  const id = freshWebhookId();
  const full = (n: number): Counts => ({
    counters: { "2xx": n, "3xx": n, "4xx": n, "5xx": n, none: n, failed: n },
    latencies: Array<number>(12).fill(n),
  });
  await counter.add(id, at(startMs, full(999_990)));
  await counter.add(id, at(startMs, full(7)));
  await counter.add(id, at(startMs + minuteMs, full(100_000)));
  await counter.add(id, at(startMs + minuteMs, full(300_000)));
  expect((await store.minutes(id, day)).map(({ counts }) => counts)).toEqual([
    full(999_997),
    full(400_000),
  ]);
});

test("finds the minutes of a span, its end left out, and sums by ten minutes", async () => {
  const id = freshWebhookId();
  const failed = { ...countsOf([500]) };
  failed.counters.failed = 1;
  for (const minute of [0, 9, 10, 25]) {
    await counter.add(id, at(startMs + minute * minuteMs, minute === 9 ? failed : countsOf([200])));
  }
  const span = { fromMs: startMs + minuteMs, untilMs: startMs + 25 * minuteMs };
  const minutes = (await store.minutes(id, span)).map((found) => found.startMs - startMs);
  expect(minutes).toEqual([9 * minuteMs, 10 * minuteMs]);
  const all = { fromMs: startMs, untilMs: startMs + 30 * minuteMs };
  expect(await store.totals(id, all)).toEqual([
    { startMs, delivered: 1, failed: 1 },
    { startMs: startMs + 10 * minuteMs, delivered: 1, failed: 0 },
    { startMs: startMs + 20 * minuteMs, delivered: 1, failed: 0 },
  ]);
  expect(await store.minutes(freshWebhookId(), day)).toEqual([]);
});

test("writes a batch that two rows would share into the later one", async () => {
  const id = freshWebhookId();
  const minutes = [-1, 0].map((minute) => ({
    startMs: startMs + minute * minuteMs,
    counts: countsOf([200]),
  }));
  await counter.add(id, { minutes, latest: undefined });
  expect(await store.minutes(id, day)).toMatchObject([
    { startMs, counts: { counters: { "2xx": 2 } } },
  ]);
});

test("knows the last attempt, and the last success before the failures since", async () => {
  const id = freshWebhookId();
  expect(await store.latest(id)).toBeUndefined();
  await counter.add(id, at(startMs, countsOf([204]), { lastSuccessMs: startMs }));
  expect(await store.latest(id, null)).toEqual({
    lastAttemptMs: startMs,
    lastSuccessMs: startMs,
    lastStatusCode: 200,
    lastError: null,
  });
  const failure = { lastStatusCode: 503, lastError: "HTTP 503" };
  const failures = [15, 30, 60, 120].map((minute) => startMs + minute * minuteMs);
  for (const timeMs of failures) await counter.add(id, at(timeMs, countsOf([503]), failure));
  const latest = { lastAttemptMs: startMs + 120 * minuteMs, ...failure };
  expect(await store.latest(id, failures[0])).toEqual({ ...latest, lastSuccessMs: startMs });
  expect(await store.latest(id)).toEqual({ ...latest, lastSuccessMs: undefined });
});

test("what ends without an attempt says nothing of the last one", async () => {
  const id = freshWebhookId();
  await counter.add(id, at(startMs, countsOf([204]), { lastSuccessMs: startMs }));
  const ended = noCounts();
  ended.counters.failed = 3;
  await counter.add(id, { minutes: [{ startMs, counts: ended }], latest: undefined });
  expect(await store.latest(id)).toMatchObject({ lastAttemptMs: startMs, lastSuccessMs: startMs });
  const [found] = await store.minutes(id, day);
  expect(found?.counts.counters).toMatchObject({ failed: 3, "2xx": 1 });
});

test("cuts a long error between two characters", async () => {
  const id = freshWebhookId();
  await counter.add(id, at(startMs, countsOf([302]), { lastError: `a${"ü".repeat(150)}` }));
  expect((await store.latest(id))?.lastError).toBe(`a${"ü".repeat(99)}`);
});

test("writes and finds nothing where counting is off", async () => {
  const id = freshWebhookId();
  await counter.add(id, at(startMs, countsOf([200])));
  process.env.DELIVERY_STATS = "false";
  try {
    const off = openStatsStore();
    expect([off.isOn, await off.minutes(id, day), await off.latest(id)]).toEqual([
      false,
      [],
      undefined,
    ]);
    await openStatsCounter().add(id, at(startMs, countsOf([200])));
  } finally {
    process.env.DELIVERY_STATS = "true";
  }
  expect(await store.minutes(id, day)).toMatchObject([{ counts: { counters: { "2xx": 1 } } }]);
});
