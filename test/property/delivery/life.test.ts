import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { batchSize } from "../../../ops/simulate/lanes.ts";
import { needsLease } from "../../../shared/domain/attempts/delivery-record.ts";
import { defaultHorizonMs } from "../../../shared/domain/attempts/retry-schedule.ts";
import { type Fate, fates } from "./fates.ts";
import { keyOf, type Life, live, schedule } from "./life.ts";

/** A function that looked before may still post. */
const functionLifeMs = 60_000;

// Days pass in seconds, but not on a machine that is busy with others.
vi.setConfig({ testTimeout: 600_000 });

// The functions' log lines, of a hundred lives with their crashes.
beforeAll(() => void vi.spyOn(process.stdout, "write").mockImplementation(() => true));
afterAll(() => void vi.restoreAllMocks());

async function always(
  check: (life: Life) => void,
  changes: Partial<Fate> = {},
  numRuns = 25,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fates, async (fate) => check(await live({ ...fate, ...changes }))),
    { numRuns },
  );
}

test("every accepted delivery is delivered, failed, deadLettered, or gone with its webhook", async () => {
  await always(({ accepted, heads, received, deadLettered, deletedMs, waiting }) => {
    for (const one of accepted) {
      const key = keyOf(one);
      const status = heads.get(key)?.status;
      const isEnded = status === "delivered" || status === "failed";
      expect(isEnded || deadLettered.has(key) || deletedMs.has(one.webhookId), key).toBe(true);
      if (status === "delivered") expect(received.has(key)).toBe(true);
      expect(heads.get(key)?.error, "forgotten until its horizon").not.toBe("horizon");
    }
    const nothing = Object.fromEntries(Object.keys(waiting).map((where) => [where, 0]));
    expect(waiting).toEqual(nothing);
  });
});

test("attempts stay within the schedule, their own time, the horizon and their webhook's life", async () => {
  await always(({ posts, deletedMs }) => {
    for (const { job, timeMs } of posts) {
      expect(job.attempt).toBeLessThanOrEqual(schedule.length + 1);
      expect(timeMs).toBeGreaterThanOrEqual((job.notBeforeMs ?? 0) - 1_000);
      expect(timeMs).toBeLessThanOrEqual(job.message.publishedTimeMs + defaultHorizonMs);
      const latestMs = (deletedMs.get(job.webhookId) ?? Number.POSITIVE_INFINITY) + functionLifeMs;
      expect(timeMs).toBeLessThanOrEqual(latestMs);
    }
  });
});

test("copies of a record never make a further attempt twice", async () => {
  await always(repeatsOnlyAfterCrashes, { crashes: [] });
});

test("a crash repeats at most its batch, so there is one chain of retries", async () => {
  await always(repeatsOnlyAfterCrashes);
});

/** First attempts take no lease: they may be repeated at any time. */
function repeatsOnlyAfterCrashes({ posts, crashCount }: Life): void {
  const made = posts.filter(({ job }) => needsLease(job)).map(({ job }) => attemptOf(job));
  expect(made.length - new Set(made).size).toBeLessThanOrEqual(batchSize * crashCount);
}

function attemptOf({ webhookId, message, generation, attempt }: Life["posts"][number]["job"]) {
  return [webhookId, message.messageId, generation, attempt].join("/");
}
