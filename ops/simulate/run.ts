import { defaultRetryScheduleSeconds } from "../../shared/domain/attempts/retry-schedule.ts";
import { well } from "./answers.ts";
import { publishTo, putAudience } from "./audience.ts";
import { openEntrances } from "./entrances.ts";
import { startLanes } from "./lanes.ts";
import { seededRandom } from "./random.ts";
import { Measure } from "./report/measure.ts";
import { type Result, resultOf } from "./report/result.ts";
import type { Audience, Scenario, Span } from "./scenario.ts";
import { dayMs } from "./scenarios.ts";
import { useSettings } from "./settings.ts";
import { startMs } from "./start.ts";
import { startSweeper } from "./sweeper.ts";
import { type Observer, World } from "./world.ts";

export interface RunOptions {
  readonly seed: number;
  /** Functions that work on first attempts at once: the stack's `deliveryConcurrency`. */
  readonly deliveryConcurrency: number;
  /** Told of every POST besides. */
  readonly onPost?: Observer["onPost"];
}

const sampleEveryMs = 5_000;
/** A day longer than a delivery may live. */
const maxTailMs = 8 * dayMs;

/** Lives through a scenario, until every delivery has ended and nothing waits any more. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Result> {
  useSettings({
    retryScheduleSeconds: defaultRetryScheduleSeconds,
    maxDrainRate: 200,
    recoverRate: 50,
  });
  const measure = new Measure(options.onPost);
  const audienceOf = new Map<string, Audience>();
  const random = seededRandom(options.seed);
  const world = new World({
    startMs,
    random,
    answer({ webhookId }, nowMs) {
      const { answer } = audienceOf.get(webhookId) ?? {};
      return answer ? answer(nowMs - startMs, random) : well(random);
    },
    crashes: () => false,
    slowness: () => 1,
    tablesAreUp: () => !isWithin(scenario.tablesDown, world.clock.now() - startMs),
    duplicates: () => false,
    observer: measure,
  });
  startLanes(world, options.deliveryConcurrency);
  startSweeper(world, (nowMs) => isWithin(scenario.sweeperDown, nowMs - startMs));

  const entrances = openEntrances(world, (messageIds) => measure.onRefused(messageIds));
  let streaming = 0;
  for (const audience of scenario.audiences) {
    const webhooks = await putAudience(audience, world);
    for (const { webhookId } of webhooks) {
      audienceOf.set(webhookId, audience);
      measure.join(webhookId, audience);
    }
    const topics = audience.sharesTopic ? [webhooks] : webhooks.map((webhook) => [webhook]);
    streaming += topics.length;
    publishTo(audience, topics, entrances, world, measure, () => {
      streaming -= 1;
    });
  }
  watch(world, measure);

  const endMs = Math.max(...scenario.audiences.map(({ fromMs, overMs }) => fromMs + overMs));
  const isOver = () =>
    streaming === 0 && measure.isOver(world.clock.now()) && world.countRows("due") === 0;
  await world.clock.run(startMs + endMs + maxTailMs, isOver);
  return resultOf(scenario, world, measure);
}

function isWithin(span: Span | undefined, atMs: number): boolean {
  return span !== undefined && atMs >= span.fromMs && atMs < span.untilMs;
}

function watch(world: World, measure: Measure): void {
  measure.sample(world);
  world.clock.after(sampleEveryMs, () => watch(world, measure));
}
