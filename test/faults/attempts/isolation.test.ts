import { expect, test } from "vitest";
import { readSettings } from "../../../infra/settings/settings.ts";
import { hanging } from "../../../ops/simulate/answers.ts";
import { runScenario } from "../../../ops/simulate/run.ts";
import type { Audience } from "../../../ops/simulate/scenario.ts";

const minuteMs = 60_000;
const { deliveryConcurrency } = readSettings({});
const healthy: Audience = {
  name: "healthy",
  webhooks: 100,
  kind: "healthy",
  messages: 60,
  fromMs: 0,
  overMs: 10 * minuteMs,
};
const dead: Audience = {
  name: "dead",
  webhooks: 1,
  kind: "troubled",
  messages: 10_000,
  fromMs: 2 * minuteMs,
  overMs: minuteMs,
  answer: hanging,
};

test("[row: dead webhook among healthy] 10,000 messages that hang do not delay 100 healthy webhooks", async () => {
  const alone = await runFor([healthy]);
  const together = await runFor([dead, healthy]);
  console.log(
    `p99 of the healthy: ${alone.healthyP99Ms} ms alone, ${together.healthyP99Ms} ms beside a dead one`,
  );
  expect(together.lost).toBe(0);
  const maxMs = Math.max(2 * alone.healthyP99Ms, alone.healthyP99Ms + 250);
  expect(together.healthyP99Ms).toBeLessThanOrEqual(maxMs);
}, 600_000);

function runFor(audiences: Audience[]) {
  return runScenario({ name: "dead", about: "", audiences }, { seed: 1, deliveryConcurrency });
}
