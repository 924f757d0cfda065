import { beforeEach, expect, test } from "vitest";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { type SweepDeps, sweepShard } from "../../../../shared/delivery/sweep/sweep.ts";
import type { DelayedJob } from "../../../../shared/queue/queues.ts";
import { dueShards, openDueStore } from "../../../../shared/store/waiting/waiting-jobs.ts";
import { factsWith, jobWith, messageId } from "../../samples.ts";
import { useTables } from "../../store/embedded-tables.ts";

const hourMs = 3_600_000;
const noon = Date.UTC(2024, 0, 24, 12);

useTables();
const due = openDueStore();

beforeEach(async () => {
  await run(noon + 1_000 * hourMs); // leaves nothing of the test before
});

function jobNumber(n: number): DeliveryJob {
  const id = messageId.slice(0, -4) + String(n).padStart(4, "0");
  return jobWith({ attempt: 3, message: factsWith({ messageId: id }), payload: undefined });
}

async function sweep(stopAtMs: number, deps: SweepDeps): Promise<number> {
  const shards = Array.from({ length: dueShards }, (_, shard) => sweepShard(shard, stopAtMs, deps));
  return (await Promise.all(shards)).reduce((sum, { sent }) => sum + sent, 0);
}

/** Sweeps at that time; the queue takes what it is told to take. */
async function run(nowMs: number, take: (job: DeliveryJob, n: number) => boolean = () => true) {
  const sent: DeliveryJob[] = [];
  const retries = {
    async send(jobs: readonly DelayedJob[]) {
      const refused = jobs.filter(({ job }, n) => !take(job, n)).map(({ job }) => job);
      sent.push(...jobs.map(({ job }) => job).filter((job) => !refused.includes(job)));
      return refused;
    },
  };
  const count = await sweep(nowMs + 60_000, { due, retries, now: () => nowMs });
  return { count, ids: sent.map(({ message }) => message.messageId).toSorted() };
}

function idsOf(...jobs: DeliveryJob[]): string[] {
  return jobs.map(({ message }) => message.messageId).toSorted();
}

test("sends what is due, nothing early, and each once", async () => {
  const [first, second, third] = [jobNumber(1), jobNumber(2), jobNumber(3)] as const;
  await due.add(first, noon - 1);
  await due.add(second, noon);
  await due.add(third, noon + 1);
  expect(await run(noon)).toEqual({ count: 2, ids: idsOf(first, second) });
  expect(await run(noon)).toEqual({ count: 0, ids: [] });
  expect(await run(noon + 1)).toEqual({ count: 1, ids: idsOf(third) });
});

test("catches up with all that fell due while it was down, however much", async () => {
  const jobs = Array.from({ length: 250 }, (_, n) => jobNumber(n));
  await Promise.all(jobs.map((job, n) => due.add(job, noon + n)));
  expect(await run(noon + hourMs)).toEqual({ count: 250, ids: idsOf(...jobs) });
});

test("loses nothing to a clock that jumps ahead and back", async () => {
  const [first, second] = [jobNumber(1), jobNumber(2)];
  await due.add(first, noon + hourMs);
  expect((await run(noon + 2 * hourMs)).ids).toEqual(idsOf(first));
  await due.add(second, noon + 1);
  expect((await run(noon)).ids).toEqual([]);
  expect((await run(noon + 1)).ids).toEqual(idsOf(second));
});

test("keeps what the queue refused for the next sweep", async () => {
  const jobs = [jobNumber(1), jobNumber(2), jobNumber(3), jobNumber(4)];
  for (const job of jobs) await due.add(job, noon);
  const first = await run(noon, ({ message }) => message.messageId !== jobs[2]?.message.messageId);
  expect(first.ids).toHaveLength(3);
  expect(await run(noon)).toEqual({ count: 1, ids: idsOf(jobNumber(3)) });
});

test("sends again what it could not delete", async () => {
  const job = jobNumber(1);
  await due.add(job, noon);
  const dying = { ...due, remove: () => Promise.reject(new Error("died")) };
  const retries = { send: async () => [] };
  await expect(sweep(noon + 60_000, { due: dying, retries, now: () => noon })).rejects.toThrow(
    "died",
  );
  expect((await run(noon)).ids).toEqual(idsOf(job));
});

test("keeps one row of an attempt that is stored twice", async () => {
  const job = jobNumber(1);
  await due.add(job, noon);
  await due.add(job, noon);
  expect((await run(noon)).count).toBe(1);
});

test("stops in time and leaves the rest to the next sweep", async () => {
  await due.add(jobNumber(1), noon);
  const retries = { send: async () => [] };
  expect(await sweep(noon, { due, retries, now: () => noon })).toBe(0);
  expect((await run(noon)).count).toBe(1);
});
