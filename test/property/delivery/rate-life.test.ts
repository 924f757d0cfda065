import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Fate, limitedFates } from "./fates.ts";
import { type Life, live, type Rate } from "./life.ts";

/** A function that looked before may still post. */
const functionLifeMs = 60_000;
/** What the receivers ask for, at least; an answer takes a little. */
const silenceMs = 120_000;

// Hours pass in seconds, but not on a machine that is busy with others.
vi.setConfig({ testTimeout: 600_000 });

// The functions' log lines, of many lives with their crashes.
beforeAll(() => void vi.spyOn(process.stdout, "write").mockImplementation(() => true));
afterAll(() => void vi.restoreAllMocks());

async function always(check: (life: Life) => void, changes: Partial<Fate> = {}): Promise<void> {
  await fc.assert(
    fc.asyncProperty(limitedFates, async (fate) => check(await live({ ...fate, ...changes }))),
    // A shorter life is not worth the hundreds that it takes to find it.
    { numRuns: 30, endOnFailure: true },
  );
}

test("no second has more POSTs than the rate, whoever crashes and whenever the rate is changed", async () => {
  await always(({ posts, rates }) => {
    for (const [webhookId, timesMs] of timesOf(posts)) {
      const own = rates.filter((rate) => rate.webhookId === webhookId);
      for (const timeMs of timesMs) {
        const perSecond = highestOf(own, timeMs);
        const windowMs = Math.max(1_000, 1_000 / perSecond);
        const within = timesMs.filter((other) => other > timeMs - windowMs && other <= timeMs);
        expect(within.length).toBeLessThanOrEqual(Math.ceil((perSecond * windowMs) / 1_000));
      }
    }
  });
});

test("nothing is posted before the time that a receiver has asked for, unless it is activated", async () => {
  await always(
    ({ posts, refusals, activations }) => {
      for (const { webhookId, timeMs } of refusals) {
        const early = posts.filter(
          (post) =>
            post.job.webhookId === webhookId &&
            post.timeMs > timeMs + functionLifeMs &&
            post.timeMs < timeMs + silenceMs &&
            !activations.some(
              (activation) =>
                activation.webhookId === webhookId &&
                activation.timeMs > timeMs - 1_000 &&
                activation.timeMs <= post.timeMs,
            ),
        );
        expect(early).toEqual([]);
      }
    },
    // Who dies before it has told of a refusal, or tells of it late, keeps it to itself.
    { crashes: [], maxSlowness: 1 },
  );
});

/** An attempt counts once, though a queue may hand its record to two functions at once, which take the same slot. */
function timesOf(posts: Life["posts"]): Map<string, number[]> {
  const attempts = new Map(
    posts.map((post) => {
      const { webhookId, message, generation, attempt, slot } = post.job;
      return [JSON.stringify([webhookId, message.messageId, generation, attempt, slot]), post];
    }),
  );
  const byWebhook = Map.groupBy(attempts.values(), ({ job }) => job.webhookId);
  return new Map([...byWebhook].map(([id, made]) => [id, made.map(({ timeMs }) => timeMs)]));
}

/** Of the rates that a function can have known that posts then; infinite if there was none. */
function highestOf(rates: readonly Rate[], timeMs: number): number {
  const known = rates.filter(
    ({ fromMs, untilMs }) => fromMs <= timeMs && untilMs >= timeMs - functionLifeMs,
  );
  return Math.max(...known.map(({ perSecond }) => perSecond ?? Number.POSITIVE_INFINITY));
}
