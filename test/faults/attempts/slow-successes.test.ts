import { expect, test } from "vitest";
import { readSettings } from "../../../infra/settings/settings.ts";
import { answering, well } from "../../../ops/simulate/answers.ts";
import { runScenario } from "../../../ops/simulate/run.ts";
import type { Audience } from "../../../ops/simulate/scenario.ts";

const minuteMs = 60_000;
const { deliveryConcurrency } = readSettings({});

/** Each in a cache of its own. */
const healthy: Audience = {
  name: "healthy",
  webhooks: 100,
  kind: "healthy",
  messages: 100,
  fromMs: 0,
  overMs: 7 * minuteMs,
};

const slowFromMs = 2 * minuteMs;
const roundMs = 80_000;

/** A thousand of one cache that get a message together, again and again. */
const slow: Audience = {
  name: "slow",
  cache: "slow",
  webhooks: 1_000,
  kind: "troubled",
  sharesTopic: true,
  timeoutSeconds: 30,
  messages: 4,
  fromMs: slowFromMs,
  overMs: 4 * roundMs,
  answer: () => answering(200, 25_000),
};

/** What was published before the second round could have counted. */
const firstRoundMs = slowFromMs + roundMs + 30_000;

function runFor(...audiences: Audience[]) {
  return runScenario({ name: "slow", about: "", audiences }, { seed: 1, deliveryConcurrency });
}

test("[row: slow successes] 1,000 newcomers of one cache that answer after 25 s delay no other cache", async () => {
  const alone = await runFor(healthy);
  const together = await runFor({ ...slow, isNew: true }, healthy);
  expect(together.lost).toBe(0);
  const maxMs = Math.max(2 * alone.healthyP99Ms, alone.healthyP99Ms + 250);
  expect(together.healthyP99Ms).toBeLessThanOrEqual(maxMs);
}, 600_000);

test("[row: slow successes] 1,000 that turn slow together delay others once, though they prove themselves again", async () => {
  const turnsSlow: Audience = {
    ...slow,
    answer: (nowMs, random) =>
      Math.floor((nowMs - slowFromMs) / roundMs) % 2 === 1 ? well(random) : answering(200, 25_000),
  };
  const later: Audience = {
    ...healthy,
    fromMs: firstRoundMs,
    overMs: healthy.overMs - firstRoundMs,
  };
  const alone = await runFor(later);
  const pulse: Audience = { ...healthy, name: "pulse", kind: "pulse", overMs: firstRoundMs };
  const together = await runFor(turnsSlow, pulse, later);
  expect(together.lost).toBe(0);
  const maxMs = Math.max(2 * alone.healthyP99Ms, alone.healthyP99Ms + 250);
  expect(together.healthyP99Ms).toBeLessThanOrEqual(maxMs);
}, 600_000);
