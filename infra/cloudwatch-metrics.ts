import { type IMetric, Metric, type MetricOptions, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { type MetricName, metricDimension, metricNamespace } from "../shared/contract/metrics.ts";
import type { HookFunction } from "./constructs/hook-function.ts";
import type { FunctionName } from "./functions.ts";
import type { MadeFunctions } from "./make-function.ts";
import type { Settings } from "./settings.ts";

/** A metric that our functions write; the sum of it, unless another statistic is asked for. */
export function ourMetric(
  metricName: MetricName,
  { stackName }: Settings,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: { [metricDimension]: stackName },
    statistic: Stats.SUM,
    ...options,
  });
}

/** Through which every message goes; an alarm can look at ten metrics at most. */
const messagePath: readonly FunctionName[] = [
  "authorize",
  "publish",
  "publishBatch",
  "fanOut",
  "deliver",
  "sweep",
];

/** One metric for each function that a message goes through. */
export function alongMessagePath(
  functions: MadeFunctions,
  metricOf: (fn: HookFunction, name: FunctionName) => IMetric,
): Record<string, IMetric> {
  const chosen = [...functions].filter(([name]) => messagePath.includes(name));
  return Object.fromEntries(chosen.map(([name, fn]) => [name, metricOf(fn, name)]));
}

export function throttleMetrics(functions: MadeFunctions): Record<string, IMetric> {
  return alongMessagePath(functions, (fn, label) => fn.metricThrottles({ label }));
}

/** Of the functions that Lambda would stop at the 16th hop, had we not told it that they may loop. */
export function droppedMetrics(functions: MadeFunctions): Record<string, IMetric> {
  const looping = [...functions].filter(([, { mayLoop }]) => mayLoop);
  return Object.fromEntries(
    looping.map(([name, fn]) => [
      name,
      fn.metric("RecursiveInvocationsDropped", { statistic: Stats.SUM, label: name }),
    ]),
  );
}
