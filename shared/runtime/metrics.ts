import {
  type MetricName,
  metricDimension,
  metricNamespace,
  metricUnits,
} from "../contract/metrics.ts";
import { readEnv } from "./env.ts";

/** CloudWatch takes no more values of one metric in a line. */
const mostValues = 100;

// An environment handles one invocation at a time: what gathers between two lines is one invocation's.
let measured = new Map<MetricName, number[]>();
let told: Record<string, string> = {};

/** Counts are added up, other values kept one by one; what is told besides is neither a dimension nor an id. */
export function measure(
  name: MetricName,
  value: number,
  facts: Readonly<Record<string, string>> = {},
): void {
  const values = measured.get(name) ?? [];
  if (metricUnits[name] === "Count") measured.set(name, [(values[0] ?? 0) + value]);
  else measured.set(name, [...values, value].slice(0, mostValues));
  told = { ...told, ...facts };
}

/**
 * Writes what was measured since the last time as one line in CloudWatch's embedded metric format, which
 * costs no call. Nothing measured, or a deployment without metrics: no line.
 */
export function writeMetrics(nowMs = Date.now()): void {
  const [metrics, facts] = [measured, told];
  measured = new Map();
  told = {};
  if (metrics.size === 0) return;
  const { METRICS_STACK } = readEnv("METRICS_STACK");
  if (METRICS_STACK === undefined) return;
  const definitions = [...metrics.keys()].map((Name) => ({ Name, Unit: metricUnits[Name] }));
  const directive = {
    Namespace: metricNamespace,
    Dimensions: [[metricDimension]],
    Metrics: definitions,
  };
  const line = {
    _aws: { Timestamp: nowMs, CloudWatchMetrics: [directive] },
    [metricDimension]: METRICS_STACK,
    ...facts,
    ...Object.fromEntries(metrics),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
