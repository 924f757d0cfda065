import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSlowWatch } from "../../shared/delivery/slow-watch.ts";
import type { Health, HealthRecord } from "../../shared/domain/health-record.ts";
import { marked } from "../../shared/domain/slowness.ts";
import { realTimers } from "../../shared/runtime/timers.ts";
import { webhookId, webhookWith } from "./samples.ts";

const nowMs = 1_700_000_000_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watching(stored?: HealthRecord, change: () => boolean = () => true) {
  const writes: { before: Health | undefined; after: Health | undefined }[] = [];
  const watch = openSlowWatch({
    healths: {
      find: async () => stored,
      change: async (_, before, after) => {
        writes.push({ before, after });
        return change();
      },
    },
    retries: { sendTick: async () => {} },
    now: () => nowMs,
    timers: realTimers,
  });
  return { watch, writes };
}

/** A POST that takes so long. */
function posting(tookMs: number): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, tookMs, "answer"));
}

test("marks a webhook while its receiver keeps a POST waiting, once for a whole batch", async () => {
  const { watch, writes } = watching();
  const posts = [15_000, 700].map((ms) => watch.during(webhookWith(), undefined, posting(ms)));
  await vi.advanceTimersByTimeAsync(499);
  expect(writes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(writes).toEqual([{ before: undefined, after: marked(undefined, nowMs) }]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await Promise.all(posts)).toEqual(["answer", "answer"]);
  expect(writes).toHaveLength(1);
});

test("says nothing of a receiver that answers in time, or fails in time", async () => {
  const { watch, writes } = watching();
  const post = watch.during(webhookWith(), undefined, posting(400));
  const failure = watch.during(webhookWith(), undefined, Promise.reject(new Error("no secret")));
  await expect(failure).rejects.toThrow("no secret");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await post).toBe("answer");
  expect(writes).toEqual([]);
});

test("marks what another writer has left, when that was faster", async () => {
  const names = { v: 1 as const, webhookId, cacheName: "orders", webhookName: "billing" };
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
  const post = watch.during(webhookWith(), undefined, posting(600));
  await vi.advanceTimersByTimeAsync(600);
  await Promise.all([post, watch.flush()]);
  expect(writes.map(({ after }) => after)).toEqual([
    marked(undefined, nowMs),
    marked(counted, nowMs),
  ]);
});

test("lets the POST go on when the mark cannot be written", async () => {
  const { watch } = watching(undefined, () => {
    throw new Error("throttled");
  });
  const post = watch.during(webhookWith(), undefined, posting(600));
  await vi.advanceTimersByTimeAsync(600);
  expect(await post).toBe("answer");
  await expect(watch.flush()).resolves.toBeUndefined();
});
