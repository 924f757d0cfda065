import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answering, hanging, well } from "../../../ops/simulate/answers.ts";
import { type RunOptions, runScenario } from "../../../ops/simulate/run.ts";
import type { Audience } from "../../../ops/simulate/scenario.ts";
import { startMs } from "../../../ops/simulate/start.ts";

const minuteMs = 60_000;

// Days pass in seconds, but not on a machine that is busy with others.
vi.setConfig({ testTimeout: 600_000 });

// The functions' log lines.
beforeAll(() => void vi.spyOn(process.stdout, "write").mockImplementation(() => true));
afterAll(() => void vi.restoreAllMocks());

/** A webhook in trouble; its receiver hangs by default. */
function troubled(changes: Partial<Audience>): Audience {
  const burst = { messages: 200, fromMs: minuteMs, overMs: 10_000, answer: hanging };
  return { name: "troubled", webhooks: 1, kind: "troubled", ...burst, ...changes };
}

const healthy: Audience = {
  name: "healthy",
  webhooks: 20,
  kind: "healthy",
  messages: 60,
  fromMs: 0,
  overMs: 3 * minuteMs,
};

function simulate(audiences: Audience[], options: Partial<RunOptions> = {}) {
  const scenario = { name: "", about: "", audiences };
  return runScenario(scenario, { seed: 1, deliveryConcurrency: 100, ...options });
}

test("a receiver that hangs holds up no other", async () => {
  const alone = await simulate([healthy]);
  const together = await simulate([healthy, troubled({})]);
  expect(together.lost).toBe(0);
  expect(together.healthyP99Ms).toBeLessThanOrEqual(alone.healthyP99Ms + 250);
});

test("no function is stopped while it waits for answers, however long they may take", async () => {
  const { cutOff, repeated, lost } = await simulate([
    troubled({ timeoutSeconds: 30, messages: 60 }),
  ]);
  expect({ cutOff, repeated, lost }).toEqual({ cutOff: 0, repeated: 0, lost: 0 });
});

test("an environment has at most five POSTs to a failing webhook under way", async () => {
  let most = 0;
  await simulate([troubled({ answer: () => answering(500, 2_000) })], {
    onPost(_job, nowMs, atOnce) {
      // By then the first failures are known.
      if (nowMs > startMs + minuteMs + 5_000) most = Math.max(most, atOnce);
    },
  });
  expect(most).toBe(5);
});

test("what was parked comes back at a rate that is capped, and all of it within minutes", async () => {
  const recoveryMs = 10 * minuteMs;
  const seconds = new Map<number, number>();
  const down = troubled({
    messages: 4_000,
    overMs: 5 * minuteMs,
    answer: (nowMs, random) => (nowMs < recoveryMs ? answering(503, 20) : well(random)),
  });
  const scenario = { name: "", about: "", audiences: [down], recoveryMs };
  const result = await runScenario(scenario, {
    seed: 1,
    deliveryConcurrency: 10,
    onPost(_job, nowMs) {
      const second = Math.floor(nowMs / 1000);
      if (nowMs > startMs + recoveryMs) seconds.set(second, (seconds.get(second) ?? 0) + 1);
    },
  });
  expect(result.lost).toBe(0);
  expect(Math.max(...seconds.values())).toBeLessThanOrEqual(300);
  expect(result.drainMs).toBeLessThan(10 * minuteMs);
});

test("what comes in by queue and outbox while tables are down arrives once they are up", async () => {
  const stream = {
    webhooks: 1,
    kind: "troubled",
    messages: 300,
    fromMs: 0,
    overMs: 3 * minuteMs,
  } as const;
  const scenario = {
    name: "",
    about: "",
    audiences: [
      { ...stream, name: "queued", together: 10, entrance: "ingest queue" },
      { ...stream, name: "written", entrance: "outbox" },
      healthy,
    ] satisfies Audience[],
    tablesDown: { fromMs: minuteMs, untilMs: 2 * minuteMs },
  };
  const result = await runScenario(scenario, { seed: 1, deliveryConcurrency: 10 });
  const { published, delivered, unrecorded, lost, repeated, peak } = result;
  expect({ lost, repeated }).toEqual({ lost: 0, repeated: 0 });
  // Publishes over HTTP are refused meanwhile.
  expect(published).toBeGreaterThan(600);
  expect(published).toBeLessThan(600 + 20 * 60);
  expect(delivered + unrecorded).toBe(published);
  expect(peak.ingest).toBeGreaterThan(50);
  expect(peak.outbox).toBeGreaterThan(50);
});
