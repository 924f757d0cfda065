import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openCacheWatch } from "../../../../shared/delivery/attempt/slow-receiver-detector.ts";
import { openNeighbours } from "../../../../shared/domain/breaker/slowness.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";

const nowMs = 1_700_000_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: nowMs });
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function watching({ isSlow = false, fails = false } = {}) {
  const calls: unknown[] = [];
  const neighbours = openNeighbours();
  const watch = openCacheWatch({
    cacheMarks: {
      isSlow: () => isSlow,
      async count(cacheName, howMany) {
        calls.push(["count", cacheName, howMany]);
        if (fails) throw new Error("throttled");
        return true;
      },
      async extend(cacheName, heldMs) {
        calls.push(["extend", cacheName, heldMs]);
      },
    },
    neighbours,
    timers: realTimers,
    now: Date.now,
  });
  return { watch, calls, neighbours };
}

test("counts what turned slow in one batch with one write a cache", async () => {
  const { watch, calls, neighbours } = watching();
  neighbours.answeredFast("well", nowMs);
  for (const cacheName of ["a", "b", "a"]) watch.turnedSlow(cacheName);
  await vi.advanceTimersByTimeAsync(50);
  await watch.flush([
    { cacheName: "a", heldMs: 5_000 },
    { cacheName: "a", heldMs: 9_000 },
  ]);
  expect(calls).toEqual([
    ["count", "a", 2],
    ["count", "b", 1],
    ["extend", "a", 9_000],
  ]);
});

test.each([
  ["no other cache was answered", () => {}],
  ["it alone was answered fast", (n: Neighbours) => n.answeredFast("a", nowMs)],
  ["others were answered fast long ago", (n: Neighbours) => n.answeredFast("b", nowMs - 60_001)],
])("blames no cache while %s: it may be us", async (_, answers) => {
  const { watch, calls, neighbours } = watching();
  answers(neighbours);
  watch.turnedSlow("a");
  await vi.advanceTimersByTimeAsync(50);
  await watch.flush([]);
  expect(calls).toEqual([]);
});

test("remembers a neighbour however often the slow cache itself is answered fast", async () => {
  const { watch, calls, neighbours } = watching();
  neighbours.answeredFast("well", nowMs);
  for (let n = 0; n < 5; n += 1) neighbours.answeredFast("a", nowMs);
  watch.turnedSlow("a");
  await vi.advanceTimersByTimeAsync(50);
  expect(calls).toEqual([["count", "a", 1]]);
});

test("counts no further for a cache that is marked", async () => {
  const { watch, calls, neighbours } = watching({ isSlow: true });
  neighbours.answeredFast("well", nowMs);
  watch.turnedSlow("a");
  await vi.advanceTimersByTimeAsync(50);
  expect(calls).toEqual([]);
});

test("never throws: a lost mark costs time only", async () => {
  const { watch, neighbours } = watching({ fails: true });
  neighbours.answeredFast("well", nowMs);
  watch.turnedSlow("a");
  await vi.advanceTimersByTimeAsync(50);
  await expect(watch.flush([])).resolves.toBeUndefined();
});

type Neighbours = ReturnType<typeof openNeighbours>;
