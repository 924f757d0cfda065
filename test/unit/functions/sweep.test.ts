import { setImmediate as nextTurn } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { sweep } from "../../../functions/sweep.ts";
import type { DeliveryJob } from "../../../shared/contract/jobs.ts";
import { createParkingLot } from "../../../shared/delivery/retry-scheduler.ts";
import { deliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import type { Step } from "../../../shared/domain/attempts/retry-schedule.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import { realTimers } from "../../../shared/runtime/timers.ts";
import { openDeliveryStore } from "../../../shared/store/deliveries/delivery-store.ts";
import { openUndelivered } from "../../../shared/store/deliveries/undelivered.ts";
import { openDueStore, openParkStore } from "../../../shared/store/waiting/waiting-jobs.ts";
import { dispatchDeps, subscribersOf } from "../delivery/publish/dispatch-deps.ts";
import { catchMetrics } from "../metric-lines.ts";
import { attemptWith, factsWith, freshWebhookId, jobWith, publishedTimeMs } from "../samples.ts";
import { useTables } from "../store/embedded-tables.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const later = { kind: "retry", timeMs: publishedTimeMs + dayMs } as const;
const metrics = catchMetrics();

useTables();
const due = openDueStore();
const deliveries = openDeliveryStore();

let cleanings = 0;
const nothingElse = {
  healths: { withTimers: async () => [], withTimersAmong: async () => new Set<string>() },
  overdue: {
    waiting: async () => ({ keys: [], rest: null }),
    heads: async () => [],
    makeDue: async () => false,
  },
  webhooks: { findById: async () => undefined },
  messages: { find: async () => undefined },
  deliveries,
  unwell: {
    async clean() {
      cleanings += 1;
      return 0;
    },
  },
  notices: { due: async () => [], remove: async () => {} },
  suppressed: { begunBy: async () => [], remove: async () => true },
  publishing: dispatchDeps(subscribersOf([])).deps,
};

const jobs: DeliveryJob[] = [];
beforeEach(async () => {
  for (const job of jobs.splice(0)) await become(job, { kind: "delivered" });
  await sweepAt(publishedTimeMs + 30 * dayMs); // leaves nothing of the test before
});

/** A second attempt to a webhook of its own. */
function freshJob(changes: Partial<DeliveryJob> = {}): DeliveryJob {
  const job = jobWith({ webhookId: freshWebhookId(), attempt: 2, payload: undefined, ...changes });
  jobs.push(job);
  return job;
}

async function become(job: DeliveryJob, step: Step): Promise<void> {
  const attempt = attemptWith({ attempt: job.attempt });
  await deliveries.record(deliveryRecord(job, attempt, step, 30), attempt);
}

async function park(job: DeliveryJob): Promise<void> {
  const parked = createParkingLot({ park: openParkStore(), retentionDays: 30, timers: realTimers });
  await parked.schedule(publishedTimeMs, job);
  await deliveries.record(deliveryRecord(job, null, later, 30), null);
}

/** What a sweep at that time measures. */
async function sweepAt(nowMs: number) {
  metrics.flush();
  await sweep(nowMs + 60_000, {
    due,
    undelivered: openUndelivered(),
    ...nothingElse,
    retries: { send: async () => [], sendBreakerTimer: async () => {}, readyCount: async () => 0 },
    now: () => nowMs,
  });
  const { OldestUndelivered, SweeperLag } = metrics.flush();
  return { oldestSeconds: OldestUndelivered, lagSeconds: Math.max(...(SweeperLag ?? [])) };
}

async function oldestAfterHours(hours: number): Promise<unknown> {
  return (await sweepAt(publishedTimeMs + hours * hourMs)).oldestSeconds;
}

test("nothing is told of the oldest undelivered message where none waits", async () => {
  expect(await oldestAfterHours(1)).toBeUndefined();
});

test("it ages for as long as its breaker is open, and is gone once it is delivered", async () => {
  const job = freshJob({ attempt: 1 });
  await park(job);
  expect(await oldestAfterHours(1)).toEqual([3_600]);
  expect(await oldestAfterHours(100)).toEqual([360_000]);
  await become(job, { kind: "delivered" });
  expect(await oldestAfterHours(101)).toBeUndefined();
});

test("it is measured while it waits in a due row, and until it has failed", async () => {
  const job = freshJob();
  await become(job, later);
  expect(await oldestAfterHours(5)).toEqual([18_000]);
  await become({ ...job, attempt: 3 }, { kind: "failed", error: "schedule end" });
  expect(await oldestAfterHours(6)).toBeUndefined();
});

test("it is the oldest by its publish, whichever webhook it waits for and whenever it is due", async () => {
  const messageId = mintId("msg", publishedTimeMs + hourMs, Buffer.alloc(10));
  const younger = factsWith({ messageId, publishedTimeMs: publishedTimeMs + hourMs });
  for (let n = 0; n < 20; n += 1) await park(freshJob({ message: younger }));
  const older = freshJob();
  await become(older, later);
  expect(await oldestAfterHours(10)).toEqual([36_000]);
  await become(older, { kind: "delivered" });
  expect(await oldestAfterHours(10)).toEqual([32_400]);
});

test("it is none of a deleted webhook", async () => {
  const job = freshJob();
  await become(job, later);
  await deliveries.forget(job.webhookId, job.message.messageId);
  expect(await oldestAfterHours(5)).toBeUndefined();
});

test("a sweep says how late the latest row was, and that it was in time when nothing was due", async () => {
  expect((await sweepAt(publishedTimeMs)).lagSeconds).toBe(0);
  for (const seconds of [1, 40, 90]) {
    const notBeforeMs = publishedTimeMs + seconds * 1_000;
    await due.add(freshJob({ notBeforeMs }), notBeforeMs);
  }
  expect((await sweepAt(publishedTimeMs + 100_000)).lagSeconds).toBe(99);
  expect((await sweepAt(publishedTimeMs + 160_000)).lagSeconds).toBe(0);
});

test("the index of webhooks that are not ok is cleaned once an hour", async () => {
  const before = cleanings;
  for (let minute = 0; minute < 120; minute += 1) await sweepAt(publishedTimeMs + minute * 60_000);
  expect(cleanings - before).toBe(2);
});

test("a sweep goes on when the oldest cannot be told", async () => {
  const sent: number[] = [];
  await due.add(freshJob({ notBeforeMs: publishedTimeMs }), publishedTimeMs);
  await sweep(publishedTimeMs + hourMs, {
    due,
    undelivered: { oldestTimeMs: () => Promise.reject(new Error("throttled")) },
    ...nothingElse,
    retries: {
      async send(sending) {
        sent.push(sending.length);
        return [];
      },
      sendBreakerTimer: async () => {},
      readyCount: async () => 0,
    },
    now: () => publishedTimeMs,
  });
  expect(sent).toEqual([1]);
  expect(metrics.flush()).not.toHaveProperty("OldestUndelivered");
});

test("a shard that cannot be read fails the sweep while its other parts go on", async () => {
  const unheard: unknown[] = [];
  const listen = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", listen);
  const { promise: slow, resolve } = Promise.withResolvers<[]>();
  const swept = sweep(publishedTimeMs + 60_000, {
    undelivered: { oldestTimeMs: async () => undefined },
    ...nothingElse,
    due: { due: () => Promise.reject(new Error("not now")), remove: async () => {} },
    healths: { ...nothingElse.healths, withTimers: () => slow },
    retries: { send: async () => [], sendBreakerTimer: async () => {}, readyCount: async () => 0 },
    now: () => publishedTimeMs,
  }).catch((error: unknown) => error);
  // Node tells of a rejection that nobody waits for before the next turn of its loop.
  await nextTurn();
  resolve([]);
  expect(await swept).toEqual(new Error("not now"));
  process.off("unhandledRejection", listen);
  expect(unheard).toEqual([]);
});
