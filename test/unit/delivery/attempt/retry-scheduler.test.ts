import { expect, test } from "vitest";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { createRetryScheduler } from "../../../../shared/delivery/retry-scheduler.ts";
import { isEarly } from "../../../../shared/domain/attempts/delivery-record.ts";
import type { DelayedJob } from "../../../../shared/queue/queues.ts";
import { jobWith } from "../../samples.ts";

const nowMs = 1_000_000;
const job = jobWith({ attempt: 2 });

function scheduler({ refuses = false, retentionDays = 30 } = {}) {
  const queued: DelayedJob[] = [];
  const kept: { job: DeliveryJob; timeMs: number }[] = [];
  const { schedule } = createRetryScheduler({
    retries: {
      async send(jobs) {
        queued.push(...jobs);
        return refuses ? jobs.map((one) => one.job) : [];
      },
    },
    due: { add: async (one, timeMs) => void kept.push({ job: one, timeMs }) },
    retentionDays,
    now: () => nowMs,
  });
  return { schedule, queued, kept };
}

test.each([
  [nowMs - 5_000, 0],
  [nowMs, 0],
  [nowMs + 1, 1],
  [nowMs + 4_999, 5],
  [nowMs + 900_000, 900],
])("spends a short wait until %i in the queue, and rounds it up", async (timeMs, delaySeconds) => {
  const { schedule, queued, kept } = scheduler();
  await schedule(timeMs, job);
  const queuedJob = { ...job, notBeforeMs: timeMs, waitsInQueue: true };
  expect(queued).toEqual([{ job: queuedJob, delaySeconds }]);
  expect(kept).toEqual([]);
});

test("spends a longer wait in a row, and leaves the value where it is kept", async () => {
  const { schedule, queued, kept } = scheduler();
  const timeMs = nowMs + 900_001;
  // Of a retry that was held back in the queue before.
  await schedule(timeMs, { ...job, waitsInQueue: true });
  expect(queued).toEqual([]);
  expect(kept).toEqual([{ job: { ...job, notBeforeMs: timeMs, payload: undefined }, timeMs }]);
});

test("takes the value along where nothing else keeps it", async () => {
  const { schedule, kept } = scheduler({ retentionDays: 0 });
  await schedule(nowMs + 900_001, job);
  expect(kept[0]?.job.payload).toEqual(job.payload);
});

test("throws when the queue did not take it", async () => {
  await expect(scheduler({ refuses: true }).schedule(nowMs, job)).rejects.toMatchObject({
    code: "SERVER_UNAVAILABLE",
  });
});

test("a clock that was set back does not hold a retry that the queue has held back", async () => {
  const { schedule, queued } = scheduler();
  await schedule(nowMs + 5_000, job);
  const [arrived] = queued.map((one) => one.job);
  if (!arrived) throw new Error("nothing was queued");
  expect(isEarly(arrived, nowMs + 5_000 - 3_600_000)).toBe(false);
  // What waited in a row is early where a sweeper with another clock sent it.
  expect(isEarly({ ...arrived, waitsInQueue: undefined }, nowMs)).toBe(true);
});
