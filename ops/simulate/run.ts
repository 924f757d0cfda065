import { defaultRetryScheduleSeconds } from "../shared/domain/retry-schedule.ts";
import { startWorld } from "./simulate-functions.ts";
import { Measure } from "./simulate-measure.ts";
import { seededRandom } from "./simulate-random.ts";
import { well } from "./simulate-receivers.ts";
import { type Result, resultOf } from "./simulate-result.ts";
import { dayMs, type Scenario } from "./simulate-scenarios.ts";
import { publish } from "./simulate-streams.ts";
import type { World } from "./simulate-world.ts";

export interface RunOptions {
  readonly seed: number;
  /** Functions that work on first attempts at once: the stack's `deliveryConcurrency`. */
  readonly deliveryConcurrency: number;
}

const startMs = Date.UTC(2026, 0, 1);
const sampleEveryMs = 5_000;
/** A day longer than a delivery may live. */
const patienceMs = 8 * dayMs;

/** Lives through a scenario, until every delivery has ended and nothing waits any more. */
export function runScenario(scenario: Scenario, options: RunOptions): Result {
  const measure = new Measure(scenario.streams);
  const world = startScenario(scenario, options, measure);
  let streaming = scenario.streams.length;
  const onEnd = () => {
    streaming -= 1;
  };
  for (const stream of scenario.streams) publish(stream, world, measure, onEnd);
  watch(world, measure);

  const endMs = Math.max(...scenario.streams.map(({ fromMs, overMs }) => fromMs + overMs));
  const isOver = () => streaming === 0 && isQuiet(world, measure);
  world.clock.run(startMs + endMs + patienceMs, isOver);
  return resultOf(scenario, world, measure);
}

function startScenario(
  { streams, answer, sweeperDown }: Scenario,
  { seed, deliveryConcurrency }: RunOptions,
  measure: Measure,
): World {
  const random = seededRandom(seed);
  const troubled = new Set(
    streams.filter(({ kind }) => kind === "troubled").map(({ webhook }) => webhook),
  );
  const isDown = (atMs: number) =>
    sweeperDown !== undefined && atMs >= sweeperDown.fromMs && atMs < sweeperDown.untilMs;

  return startWorld({
    startMs,
    schedule: defaultRetryScheduleSeconds,
    deliveryConcurrency,
    random,
    answer: ({ webhookId }, nowMs) =>
      troubled.has(webhookId) ? answer(nowMs - startMs, random) : well(random),
    crashes: () => false,
    slowness: () => 1,
    duplicates: () => false,
    sweeperIsDown: (nowMs) => isDown(nowMs - startMs),
    onCrash: () => {},
    onPost: (job, nowMs) => measure.onPost(job, nowMs),
    onReceived: (job, nowMs) => measure.onReceived(job, nowMs),
    onRecord: (record, nowMs) => measure.onRecord(record, nowMs),
    onDead: (body, nowMs) => measure.onDead(body, nowMs),
  });
}

/** Every delivery has ended, and what is left of their waiting is gone too: it costs calls. */
function isQuiet({ tables }: World, { open }: Measure): boolean {
  return open === 0 && tables.due.size === 0 && tables.horizons.size === 0;
}

function watch(world: World, measure: Measure): void {
  measure.sample(world);
  world.clock.after(sampleEveryMs, () => watch(world, measure));
}
