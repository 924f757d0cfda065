import {
  type MetricName,
  metricDimension,
  metricNamespace,
  metricUnits,
} from "../contract/metrics.ts";
import { printable } from "../contract/values/printable.ts";
import { readEnv } from "./env.ts";

export type Fields = Record<string, string | number | boolean | null | undefined>;

/**
 * One structured line per outcome that matters; ids and counts only, never a secret or a payload. Written
 * past `console`, which Lambda's JSON log format would wrap into a second object. A name may hold what breaks
 * or turns a line: it is escaped, so that a line stays one, in a terminal too.
 */
export function log(level: "info" | "warn" | "error", event: string, fields: Fields): void {
  process.stdout.write(`${printable(JSON.stringify({ level, event, ...fields }))}\n`);
}

/** What may be told of an unexpected error: its kind, message, place and AWS's id of it, and the same of its cause. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  const cause =
    error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : undefined;
  const awsRequestId = requestIdOf(error) ?? requestIdOf(error.cause);
  return { error: error.name, message: error.message, cause, awsRequestId, stack: error.stack };
}

/** By which AWS's support finds a call that failed. */
function requestIdOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const { requestId }: { requestId?: unknown } = Object(error.$metadata);
  return typeof requestId === "string" ? requestId : undefined;
}

/** CloudWatch takes no more values of one metric in a line. */
const maxValues = 100;

/** A line costs more than the count of a message is worth: so many share one, if they come within this time. */
const fewCounts = 10;
const gatheringMs = 10_000;

// An environment handles one invocation at a time: what is here is this one's, and counts of those before it.
let measured = new Map<MetricName, number[]>();
let told: Record<string, string> = {};
let sinceMs: number | undefined;
let writtenMs = Number.NEGATIVE_INFINITY;

/** Counts are added up, other values kept one by one; what is told besides is neither a dimension nor an id. */
export function measure(
  name: MetricName,
  value: number,
  facts: Readonly<Record<string, string>> = {},
): void {
  const values = measured.get(name) ?? [];
  if (metricUnits[name] === "Count") measured.set(name, [(values[0] ?? 0) + value]);
  else measured.set(name, [...values, value].slice(0, maxValues));
  told = { ...told, ...facts };
}

/**
 * Writes what was measured since the last time as one line in CloudWatch's embedded metric format, which
 * costs no call. Nothing measured, or a deployment without metrics: no line. A few counts alone wait for those
 * of the next invocations, and are stamped with the time of the first; an environment that is not used again
 * takes them along.
 */
export function writeMetrics(nowMs = Date.now()): void {
  if (measured.size === 0) return;
  const timeMs = sinceMs ?? nowMs;
  sinceMs = timeMs;
  if (mayWait(nowMs)) return;
  const [metrics, facts] = [measured, told];
  measured = new Map();
  told = {};
  sinceMs = undefined;
  writtenMs = nowMs;
  const { METRICS_STACK } = readEnv("METRICS_STACK");
  if (METRICS_STACK === undefined) return;
  const definitions = [...metrics.keys()].map((Name) => ({ Name, Unit: metricUnits[Name] }));
  const directive = {
    Namespace: metricNamespace,
    Dimensions: [[metricDimension]],
    Metrics: definitions,
  };
  const line = {
    _aws: { Timestamp: timeMs, CloudWatchMetrics: [directive] },
    [metricDimension]: METRICS_STACK,
    ...facts,
    ...Object.fromEntries(metrics),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function mayWait(nowMs: number): boolean {
  if (nowMs - writtenMs >= gatheringMs || Object.keys(told).length > 0) return false;
  const isCounted = [...measured.keys()].every((name) => metricUnits[name] === "Count");
  return isCounted && [...measured.values()].flat().reduce((a, b) => a + b, 0) < fewCounts;
}
