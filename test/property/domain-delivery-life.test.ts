import fc from "fast-check";
import { expect, test } from "vitest";
import { batchSize } from "../../ops/simulate-functions.ts";
import { needsLease } from "../../shared/domain/lease.ts";
import { defaultHorizonMs } from "../../shared/domain/retry-schedule.ts";
import { type Fate, fates } from "./delivery-fates.ts";
import { keyOf, type Life, live, schedule } from "./delivery-life.ts";

/** A function that looked before may still post. */
const functionLifeMs = 60_000;

function always(check: (life: Life) => void, changes: Partial<Fate> = {}): void {
  fc.assert(
    fc.property(fates, (fate) => check(live({ ...fate, ...changes }))),
    { numRuns: 100 },
  );
}

test("every accepted delivery is delivered, failed, buried, or gone with its webhook", () => {
  always(({ world, accepted, received, buried, deletedMs }) => {
    for (const job of accepted) {
      const status = world.tables.headOf(job)?.status;
      const key = keyOf(job);
      const isEnded = status === "delivered" || status === "failed";
      expect(isEnded || buried.has(key) || deletedMs.has(job.webhookId), key).toBe(true);
      if (status === "delivered") expect(received.has(key)).toBe(true);
    }
  });
});

test("no delivery is forgotten until its horizon", () => {
  always(({ world, accepted }) => {
    for (const job of accepted) expect(world.tables.headOf(job)?.error).not.toBe("horizon");
  });
});

test("nothing is left waiting anywhere", () => {
  always(({ world: { tables, deliveries, retries } }) => {
    for (const [webhookId, park] of tables.parks) expect(park.size, webhookId).toBe(0);
    expect(tables.due.size + tables.horizons.size + deliveries.depth + retries.depth).toBe(0);
  });
});

test("copies of a record never make a further attempt twice", () => {
  always(repeatsOnlyAfterCrashes, { crashes: [] });
});

test("a crash repeats at most its batch, so there is one chain of retries", () => {
  always(repeatsOnlyAfterCrashes);
});

test("attempts stay within the schedule, their own time and the horizon", () => {
  always(({ posts }) => {
    for (const { job, timeMs } of posts) {
      expect(job.attempt).toBeLessThanOrEqual(schedule.length + 1);
      expect(timeMs).toBeGreaterThanOrEqual((job.notBeforeMs ?? 0) - 1_000);
      expect(timeMs).toBeLessThanOrEqual(job.message.publishedTimeMs + defaultHorizonMs);
    }
  });
});

test("no attempt starts once a function looks after the webhook was deleted", () => {
  always(({ posts, deletedMs }) => {
    for (const { job, timeMs } of posts) {
      const latestMs = (deletedMs.get(job.webhookId) ?? Number.POSITIVE_INFINITY) + functionLifeMs;
      expect(timeMs).toBeLessThanOrEqual(latestMs);
    }
  });
});

/** First attempts take no lease: they may be repeated at any time. */
function repeatsOnlyAfterCrashes({ posts, crashCount }: Life): void {
  const made = posts.filter(({ job }) => needsLease(job)).map(({ job }) => attemptOf(job));
  expect(made.length - new Set(made).size).toBeLessThanOrEqual(batchSize * crashCount);
}

function attemptOf(job: { generation: number; attempt: number } & Parameters<typeof keyOf>[0]) {
  return `${keyOf(job)}/${job.generation}/${job.attempt}`;
}
