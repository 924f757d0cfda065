import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSlowReceiverDetector } from "../../../../shared/delivery/attempt/slow-receiver-detector.ts";
import { afterSuccess } from "../../../../shared/domain/breaker/health.ts";
import type { Health, HealthRecord } from "../../../../shared/domain/breaker/health-record.ts";
import { asNewcomer, markSlow } from "../../../../shared/domain/breaker/slowness.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import { webhookId, webhookWith } from "../../samples.ts";

const nowMs = 1_700_000_000_000;

beforeEach(() => void vi.useFakeTimers({ now: nowMs }));
afterEach(() => void vi.useRealTimers());

function watching(stored?: HealthRecord, change: () => boolean = () => true) {
  const writes: { before: Health | undefined; after: Health | undefined }[] = [];
  const told: unknown[] = [];
  const watch = createSlowReceiverDetector(
    {
      healths: {
        find: async () => stored,
        change: async (_, before, after) => {
          writes.push({ before, after });
          return change();
        },
      },
      retries: { sendBreakerTimer: async () => {} },
      timers: realTimers,
      now: Date.now,
    },
    {
      turnedSlow: (cacheName) => void told.push(["slow", cacheName]),
      answeredFast: (cacheName) => void told.push(["fast", cacheName]),
      flush: async (held) => void told.push(held),
    },
  );
  return { watch, writes, told };
}

/** A POST that takes so long. */
function posting(tookMs: number): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, tookMs, "answer"));
}

const names = { v: 1 as const, webhookId, cacheName: "orders", webhookName: "billing" };
const mark = markSlow(undefined, 500, nowMs + 500);

test("marks a webhook while its receiver keeps a POST waiting, once for a whole batch", async () => {
  const { watch, writes } = watching();
  const posts = [15_000, 700].map((ms) => watch.watch(webhookWith(), undefined, posting(ms)));
  await vi.advanceTimersByTimeAsync(499);
  expect(writes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(writes).toEqual([{ before: undefined, after: mark }]);
  expect(watch.healthOf(webhookId)).toEqual(mark);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await Promise.all(posts)).toEqual(["answer", "answer"]);
  await watch.flush();
  expect(writes).toHaveLength(1);
});

test("makes the mark of a repeat offender as long as the POST was held, when it has ended", async () => {
  const offender = { ...names, ...markSlow(undefined, 500, nowMs - 60_000) };
  const { watch, writes } = watching();
  const post = watch.watch(webhookWith(), offender, posting(20_000));
  await vi.advanceTimersByTimeAsync(20_000);
  await post;
  await watch.flush();
  expect(writes.map(({ after }) => [after?.offences, after?.slowUntilMs])).toEqual([
    [2, nowMs + 500 + 60_000],
    [2, nowMs + 20_000 + 600_000],
  ]);
});

test("says nothing of a receiver that answers in time, or fails in time", async () => {
  const { watch, writes } = watching();
  const post = watch.watch(webhookWith(), undefined, posting(400));
  const failure = watch.watch(webhookWith(), undefined, Promise.reject(new Error("no secret")));
  await expect(failure).rejects.toThrow("no secret");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await post).toBe("answer");
  await watch.flush();
  expect(writes).toEqual([]);
});

test("marks what another writer has left, when that was faster", async () => {
  const counted: HealthRecord = {
    ...names,
    version: 7,
    failures: 2,
    timeouts: 0,
    failingSinceMs: nowMs,
    breaker: { kind: "closed" },
  };
  let tries = 0;
  const { watch, writes } = watching(counted, () => {
    tries += 1;
    return tries > 1;
  });
  const post = watch.watch(webhookWith(), undefined, posting(600));
  await vi.advanceTimersByTimeAsync(600);
  await Promise.all([post, watch.flush()]);
  expect(writes.map(({ after }) => after)).toEqual([mark, markSlow(counted, 500, nowMs + 500)]);
});

test("lets the POST go on when the mark cannot be written", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { watch } = watching(undefined, () => {
    throw new Error("throttled");
  });
  const post = watch.watch(webhookWith(), undefined, posting(600));
  await vi.advanceTimersByTimeAsync(600);
  expect(await post).toBe("answer");
  await expect(watch.flush()).resolves.toBeUndefined();
});

test.each([
  ["a proven webhook that is slow for a second", undefined, 1_500, true],
  ["a newcomer that is", asNewcomer(undefined, nowMs), 1_500, true],
  [
    "one that has proved itself after a mark",
    afterSuccess({ ...mark, slowUntilMs: nowMs }, nowMs),
    1_500,
    true,
  ],
  ["one that is a little slow", undefined, 900, false],
  ["one that has failed to prove itself", { ...mark, slowUntilMs: nowMs }, 1_500, false],
])("for its cache counts %s: %#", async (_, health, tookMs, counts) => {
  const { watch, told } = watching();
  const posts = [1, 2].map(() => watch.watch(webhookWith(), health, posting(tookMs)));
  await vi.advanceTimersByTimeAsync(tookMs);
  await Promise.all(posts);
  await watch.flush();
  const held = { cacheName: "orders", heldMs: tookMs };
  expect(told).toEqual(counts ? [["slow", "orders"], [held]] : [[]]);
});

test("tells of caches that are answered fast", async () => {
  const { watch, told } = watching();
  const post = watch.watch(webhookWith(), undefined, posting(20));
  await vi.advanceTimersByTimeAsync(20);
  await post;
  expect(told).toEqual([["fast", "orders"]]);
});
