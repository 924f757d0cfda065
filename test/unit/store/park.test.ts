import { expect, test } from "vitest";
import type { DeliveryJob } from "../../../shared/contract/jobs.ts";
import { createParkingLot } from "../../../shared/delivery/retry-scheduler.ts";
import { realTimers } from "../../../shared/runtime/timers.ts";
import { openDueStore, openParkStore } from "../../../shared/store/waiting/waiting-jobs.ts";
import { factsWith, jobWith, messageId, publishedTimeMs, webhookId } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

const other = "whk_01JDB2Q5V8K3M4N6P7R8S9TAVX";
const horizonMs = publishedTimeMs + 7 * 86_400_000;

useTables();
const park = openParkStore();

function jobNumber(n: number): DeliveryJob {
  const id = messageId.slice(0, -4) + String(n).padStart(4, "0");
  return jobWith({ message: factsWith({ messageId: id }) });
}

function parkedAt(job: DeliveryJob, notBeforeMs: number) {
  return { job, notBeforeMs, endMs: horizonMs + 1, expiresAt: 2_000_000_000 };
}

test("answers parked deliveries of one webhook, until they are removed", async () => {
  const jobs = [3, 1, 2].map(jobNumber);
  await park.addAll(jobs.map((job, n) => parkedAt(job, publishedTimeMs + n)));
  await park.addAll([parkedAt({ ...jobNumber(4), webhookId: other }, publishedTimeMs)]);
  const parked = await park.oldest(webhookId, 100);
  expect(parked.map(({ job }) => job)).toEqual(jobs);
  await park.remove(parked.slice(0, 2));
  expect((await park.oldest(webhookId, 100)).map(({ job }) => job)).toEqual(jobs.slice(2));
});

test("answers no more than it is asked for, and finds the last one wherever it lies", async () => {
  const jobs = Array.from({ length: 30 }, (_, n) => ({ ...jobNumber(100 + n), webhookId: other }));
  await park.addAll(jobs.map((job) => parkedAt(job, publishedTimeMs)));
  for (;;) {
    const parked = await park.oldest(other, 4);
    expect(parked.length).toBeLessThanOrEqual(4);
    if (parked.length === 0) break;
    await park.remove(parked);
  }
  expect(await park.oldest(other, 100)).toEqual([]);
});

test("ends a parked delivery at its horizon, though its breaker never closes", async () => {
  const due = openDueStore();
  const id = "whk_01JDB2Q5V8K3M4N6P7R8S9TAVZ";
  const job = { ...jobNumber(200), webhookId: id, isProbe: true };
  await createParkingLot({ park, retentionDays: 0, timers: realTimers }).schedule(
    publishedTimeMs,
    job,
  );
  const [parked] = await park.oldest(id, 1);
  expect(parked?.job.payload).toEqual(job.payload);
  expect(parked?.job).not.toHaveProperty("isProbe");
  const dueAt = async (nowMs: number) =>
    (await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((shard) => due.due(shard, nowMs))))
      .flat()
      .filter((waiting) => waiting.job.webhookId === id);
  expect(await dueAt(horizonMs)).toEqual([]);
  expect(await dueAt(horizonMs + 1)).toMatchObject([
    { job: { webhookId: id, attempt: 1, notBeforeMs: horizonMs + 1 } },
  ]);
});
