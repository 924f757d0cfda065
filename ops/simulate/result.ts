import { type CallKind, callKinds } from "./simulate-calls.ts";
import type { Measure, Sample } from "./simulate-measure.ts";
import type { Scenario } from "./simulate-scenarios.ts";
import type { World } from "./simulate-world.ts";

export interface Result {
  readonly published: number;
  readonly attempts: number;
  readonly delivered: number;
  readonly failed: number;
  readonly deadLetters: number;
  /** Accepted, and neither delivered nor failed nor a dead letter. */
  readonly lost: number;
  /** Attempts made before their time. */
  readonly early: number;
  readonly repeated: number;
  readonly calls: Readonly<Record<CallKind, number>>;
  readonly peak: Omit<Sample, "timeMs">;
  /** From the end of the trouble until nothing was parked any more, and until the last delivery ended. */
  readonly drainMs: number | undefined;
  readonly lastMs: number | undefined;
  readonly healthyP99Ms: number;
  /** Until the last delivery ended; times count from the beginning. */
  readonly samples: readonly Sample[];
}

export function resultOf({ recoveryMs }: Scenario, world: World, measure: Measure): Result {
  const lastEndMs = measure.lastTroubledEndMs() - world.startMs;
  const all = measure.samples.map((sample) => ({
    ...sample,
    timeMs: sample.timeMs - world.startMs,
  }));
  const samples = all.filter(({ timeMs }) => timeMs <= 1.02 * lastEndMs);
  const lastParkedMs = samples.findLast(({ parked }) => parked > 0)?.timeMs ?? 0;
  const sinceRecovery = (timeMs: number) =>
    recoveryMs === undefined ? undefined : Math.max(0, timeMs - recoveryMs);

  return {
    published: measure.published,
    attempts: measure.attempts,
    delivered: measure.count("delivered"),
    failed: measure.count("failed"),
    deadLetters: measure.count("dead letter"),
    lost: measure.open,
    early: measure.early,
    repeated: measure.repeated,
    calls: wholeCalls(world),
    peak: peakOf(samples),
    drainMs: sinceRecovery(lastParkedMs),
    lastMs: sinceRecovery(lastEndMs),
    healthyP99Ms: percentile(measure.latenciesMs, 0.99),
    samples,
  };
}

function wholeCalls({ calls }: World): Record<CallKind, number> {
  const counts = { ...calls.counts };
  for (const kind of callKinds) counts[kind] = Math.ceil(counts[kind]);
  return counts;
}

function peakOf(samples: readonly Sample[]): Omit<Sample, "timeMs"> {
  const peak = (of: (sample: Sample) => number) =>
    samples.reduce((most, sample) => Math.max(most, of(sample)), 0);
  return {
    deliveries: peak((sample) => sample.deliveries),
    slow: peak((sample) => sample.slow),
    retries: peak((sample) => sample.retries),
    parked: peak((sample) => sample.parked),
    due: peak((sample) => sample.due),
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
}
