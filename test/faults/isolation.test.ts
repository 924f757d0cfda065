import { expect, test } from "vitest";
import { readSettings } from "../../infra/settings.ts";
import { hanging } from "../../ops/simulate-receivers.ts";
import { runScenario } from "../../ops/simulate-run.ts";
import type { Stream } from "../../ops/simulate-scenarios.ts";

const minuteMs = 60_000;
const { deliveryConcurrency } = readSettings({});
const healthy = Array.from(
  { length: 100 },
  (_, index): Stream => ({
    webhook: `healthy-${index}`,
    messages: 60,
    fromMs: 0,
    overMs: 10 * minuteMs,
    kind: "healthy",
  }),
);
const dead: Stream = {
  webhook: "dead",
  messages: 10_000,
  fromMs: 2 * minuteMs,
  overMs: minuteMs,
  kind: "troubled",
};

test("[row: dead webhook among healthy] 10,000 messages that hang do not delay 100 healthy webhooks", () => {
  const alone = runFor([...healthy]);
  const together = runFor([dead, ...healthy]);
  console.log(
    `p99 of the healthy: ${alone.healthyP99Ms} ms alone, ${together.healthyP99Ms} ms beside a dead one`,
  );
  expect(together.lost).toBe(0);
  const mostMs = Math.max(2 * alone.healthyP99Ms, alone.healthyP99Ms + 250);
  expect(together.healthyP99Ms).toBeLessThanOrEqual(mostMs);
});

function runFor(streams: Stream[]) {
  const scenario = { name: "dead", about: "", answer: hanging, streams };
  return runScenario(scenario, { seed: 1, deliveryConcurrency });
}
