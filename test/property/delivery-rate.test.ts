import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RunOptions, runScenario } from "../../ops/simulate/run.ts";
import type { Audience } from "../../ops/simulate/scenarios.ts";

const minuteMs = 60_000;

// Hours pass in seconds, but not on a machine that is busy with others.
vi.setConfig({ testTimeout: 600_000 });

// The functions' log lines.
beforeAll(() => void vi.spyOn(process.stdout, "write").mockImplementation(() => true));
afterAll(() => void vi.restoreAllMocks());

function limited(changes: Partial<Audience>): Audience {
  const burst = { messages: 2_000, fromMs: minuteMs, overMs: 20_000 };
  return { name: "limited", webhooks: 1, kind: "troubled", maxPerSecond: 10, ...burst, ...changes };
}

async function simulate(audiences: Audience[], options: Partial<RunOptions> = {}) {
  const postsMs: number[] = [];
  const scenario = { name: "", about: "", audiences };
  const result = await runScenario(scenario, {
    seed: 1,
    deliveryConcurrency: 100,
    onPost: (_job, nowMs) => void postsMs.push(nowMs),
    ...options,
  });
  return { result, postsMs };
}

/** The most POSTs within any second. */
function mostInASecond(postsMs: readonly number[]): number {
  const sorted = postsMs.toSorted((a, b) => a - b);
  return sorted.reduce((most, fromMs, first) => {
    const behind = sorted.findIndex((timeMs, index) => index > first && timeMs >= fromMs + 1_000);
    return Math.max(most, (behind < 0 ? sorted.length : behind) - first);
  }, 0);
}

test("ten times too much is posted at the rate, and all of it", async () => {
  const { result, postsMs } = await simulate([limited({})]);
  console.error(
    result.calls,
    result.peak,
    mostInASecond(postsMs),
    Math.max(...postsMs) - Math.min(...postsMs),
  );
  expect(result).toMatchObject({ lost: 0, delivered: 2_000, repeated: 0 });
  expect(mostInASecond(postsMs)).toBeLessThanOrEqual(10);
});
