import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { maxInASecond } from "../../../ops/simulate/report/max-in-a-second.ts";
import type { Result } from "../../../ops/simulate/report/result.ts";
import { type RunOptions, runScenario } from "../../../ops/simulate/run.ts";
import type { Audience } from "../../../ops/simulate/scenario.ts";

const minuteMs = 60_000;

// Hours pass in seconds, but not on a machine that is busy with others.
vi.setConfig({ testTimeout: 600_000 });

// The functions' log lines.
beforeAll(() => void vi.spyOn(process.stdout, "write").mockImplementation(() => true));
afterAll(() => void vi.restoreAllMocks());

function limited(changes: Pick<Audience, "messages" | "fromMs" | "overMs"> & Partial<Audience>) {
  return { name: "limited", webhooks: 1, kind: "troubled", maxPerSecond: 10, ...changes } as const;
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

/** Of all that was published: from its publish to its end, whoever calls; but not what the sweeper asks each minute. */
function callsEach({ calls, sweeps, published }: Result): number {
  return (Object.values(calls).reduce((sum, count) => sum + count, 0) - sweeps) / published;
}

const burst = { messages: 2_000, fromMs: minuteMs, overMs: 20_000 };

test("ten times too much is posted at the rate, and all of it", async () => {
  const { result, postsMs } = await simulate([limited({ ...burst, together: 10 })]);
  expect(result).toMatchObject({ lost: 0, delivered: 2_000, repeated: 0, early: 0 });
  expect(maxInASecond(postsMs)).toBe(10);
  // No more than a twentieth is lost to the spacing, and the first and the last step.
  expect(Math.max(...postsMs) - Math.min(...postsMs)).toBeLessThan(1.15 * 200_000);
  expect(callsEach(result)).toBeLessThanOrEqual(6);
});
