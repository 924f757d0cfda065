import fc from "fast-check";
import { expect, test } from "vitest";
import { needsLease } from "../../shared/domain/lease.ts";
import { defaultHorizonMs } from "../../shared/domain/retry-schedule.ts";
import { type Command, type Fate, keyOf, type Life, live, schedule } from "./delivery-life.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A function that looked before may still post. */
const functionLifeMs = minuteMs;

const names = fc.constantFrom("red", "blue");
/** Mostly within minutes, so that breakers open; some hours later. */
const times = fc.oneof(
  { weight: 3, arbitrary: fc.nat(3 * minuteMs) },
  { weight: 2, arbitrary: fc.nat(hourMs) },
  { weight: 1, arbitrary: fc.nat(6 * hourMs) },
);
const commands: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom("delete", "putAgain", "deactivate", "activate", "replay"),
  name: names,
  atMs: times,
});
const fates: fc.Arbitrary<Fate> = fc.record({
  seed: fc.nat(10_000),
  messages: fc.array(fc.record({ name: names, atMs: times }), { minLength: 1, maxLength: 60 }),
  replies: fc.array(fc.constantFrom("well", "error", "hang", "abort"), {
    minLength: 1,
    maxLength: 30,
  }),
  commands: fc.array(commands, { maxLength: 5 }),
  crashes: fc.uniqueArray(fc.nat(600), { maxLength: 12 }),
  duplicates: fc.uniqueArray(fc.nat(200), { maxLength: 20 }),
  sweeperDown: fc.tuple(fc.nat(4 * hourMs), fc.nat(4 * hourMs)).map(([fromMs, spanMs]) => ({
    fromMs,
    untilMs: fromMs + spanMs,
  })),
});

function always(check: (life: Life) => void, changes: Partial<Fate> = {}): void {
  fc.assert(
    fc.property(fates, (fate) => check(live({ ...fate, ...changes }))),
    { numRuns: 150 },
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
  always(
    ({ posts }) => {
      const made = posts.filter(({ job }) => needsLease(job)).map(({ job }) => attemptOf(job));
      expect(new Set(made).size).toBe(made.length);
    },
    { crashes: [] },
  );
});

test("a crash repeats an attempt at most once, so there is one chain of retries", () => {
  always(({ posts, crashCount }) => {
    const made = posts.filter(({ job }) => needsLease(job)).map(({ job }) => attemptOf(job));
    expect(made.length - new Set(made).size).toBeLessThanOrEqual(crashCount);
  });
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

function attemptOf(job: { generation: number; attempt: number } & Parameters<typeof keyOf>[0]) {
  return `${keyOf(job)}/${job.generation}/${job.attempt}`;
}
