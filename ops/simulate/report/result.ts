import type { CallKind } from "../calls.ts";
import type { Audience, Scenario } from "../scenario.ts";
import { startMs } from "../start.ts";
import type { World } from "../world.ts";
import { maxInASecond } from "./max-in-a-second.ts";
import type { Measure, Sample } from "./measure.ts";

export interface Result {
  /** Deliveries that were owed. */
  readonly published: number;
  readonly attempts: number;
  readonly delivered: number;
  readonly failed: number;
  readonly deadLetters: number;
  /** Received, while the row that says so could not be written. */
  readonly unrecorded: number;
  /** Accepted, and neither delivered nor failed nor a dead letter. */
  readonly lost: number;
  /** Attempts made before their time. */
  readonly early: number;
  readonly repeated: number;
  /** The most POSTs within any second to a webhook with a rate; undefined where there is none. */
  readonly maxInASecond: number | undefined;
  /** Functions that were stopped in the middle of their work. */
  readonly cutOff: number;
  readonly calls: Readonly<Record<CallKind, number>>;
  /** How many of them the sweeper made. */
  readonly sweeps: number;
  readonly peak: Omit<Sample, "timeMs">;
  /** From the end of the trouble until nothing was parked any more, and until the last delivery ended. */
  readonly drainMs: number | undefined;
  readonly lastMs: number | undefined;
  readonly healthyP99Ms: number;
  /** In the order of time. */
  readonly healthyP99MsByMinute: readonly number[];
  readonly troubledP99Ms: number;
  /** Until the last delivery ended; times count from the beginning. */
  readonly samples: readonly Sample[];
}

export function resultOf(
  { recoveryMs, audiences }: Scenario,
  world: World,
  measure: Measure,
): Result {
  const latenciesOf = (wanted: Audience["kind"]) =>
    audiences
      .filter(({ kind }) => kind === wanted)
      .flatMap(({ name }) => measure.latenciesMs.get(name) ?? []);
  const lastEndMs = measure.lastTroubledEndMs() - startMs;
  const all = measure.samples.map((sample) => ({
    ...sample,
    timeMs: sample.timeMs - startMs,
  }));
  const samples = all.filter(({ timeMs }) => timeMs <= 1.02 * lastEndMs);
  const lastParkedMs = samples.findLast(({ parked }) => parked > 0)?.timeMs ?? 0;
  const sinceRecovery = (timeMs: number) =>
    recoveryMs === undefined ? undefined : Math.max(0, timeMs - recoveryMs);

  return {
    published: measure.accepted,
    attempts: measure.attempts,
    delivered: measure.count("delivered"),
    failed: measure.count("failed"),
    deadLetters: measure.count("dead letter"),
    unrecorded: measure.unrecorded,
    lost: measure.open - measure.unrecorded,
    early: measure.early,
    repeated: measure.repeated,
    maxInASecond:
      measure.limitedMs.size === 0
        ? undefined
        : Math.max(...[...measure.limitedMs.values()].map(maxInASecond)),
    cutOff: measure.cutOff,
    calls: { ...world.calls.counts },
    sweeps: Object.values(world.sweeps.counts).reduce((sum, count) => sum + count, 0),
    peak: peakOf(samples),
    drainMs: sinceRecovery(lastParkedMs),
    lastMs: sinceRecovery(lastEndMs),
    healthyP99Ms: p99Of(latenciesOf("healthy")),
    healthyP99MsByMinute: [...measure.minutesMs]
      .sort(([a], [b]) => a - b)
      .map(([, latenciesMs]) => p99Of(latenciesMs)),
    troubledP99Ms: p99Of(latenciesOf("troubled")),
    samples,
  };
}

function peakOf(samples: readonly Sample[]): Omit<Sample, "timeMs"> {
  const peak = (of: (sample: Sample) => number) =>
    samples.reduce((most, sample) => Math.max(most, of(sample)), 0);
  return {
    deliveries: peak((sample) => sample.deliveries),
    slow: peak((sample) => sample.slow),
    retries: peak((sample) => sample.retries),
    ingest: peak((sample) => sample.ingest),
    outbox: peak((sample) => sample.outbox),
    parked: peak((sample) => sample.parked),
    due: peak((sample) => sample.due),
  };
}

function p99Of(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0);
}
