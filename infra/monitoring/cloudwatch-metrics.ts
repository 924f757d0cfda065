import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { type IMetric, Metric, type MetricOptions, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import {
  type MetricName,
  metricDimension,
  metricNamespace,
} from "../../shared/contract/metrics.ts";
import type { HookFunction } from "../constructs/hook-function.ts";
import type { FunctionName } from "../functions.ts";
import type { MadeFunctions } from "../make-function.ts";
import type { Settings } from "../settings/settings.ts";
import type { Storage } from "../storage.ts";

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
  "publishByUrl",
  "ingest",
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

/** Answers of the gateway that blame the service, and of the publish URL, where there is one. */
export function failedAnswers(
  httpApi: HttpApi,
  functions: MadeFunctions,
  options: MetricOptions = {},
): { ofApi: Metric; ofUrl?: Metric } {
  const sum = { statistic: Stats.SUM, ...options };
  const ofApi = httpApi.metricServerError(sum);
  const publishByUrl = functions.get("publishByUrl");
  return { ofApi, ...(publishByUrl && { ofUrl: publishByUrl.metric("Url5xxCount", sum) }) };
}

type ThrottleMetric = "ReadThrottleEvents" | "WriteThrottleEvents";

/** Every table's, and the indexes' writes, for which the table's own are held up: ten, as many as an alarm takes. */
export function tableThrottleMetrics(storage: Storage): Record<string, IMetric> {
  const tables = ["webhooks", "messages", "deliveries", "apiKeys"] as const;
  const ofTables = tables.flatMap((name): [string, IMetric][] => [
    [`${name}Reads`, tableThrottles(storage[name], "ReadThrottleEvents", name)],
    [`${name}Writes`, tableThrottles(storage[name], "WriteThrottleEvents", name)],
  ]);
  const ofIndexes = ["undelivered", "waiting"].map((index): [string, IMetric] => [
    `${index}Writes`,
    tableThrottles(storage.deliveries, "WriteThrottleEvents", index, {
      GlobalSecondaryIndexName: index,
    }),
  ]);
  return Object.fromEntries([...ofTables, ...ofIndexes]);
}

export function tableThrottles(
  { tableName: TableName }: Table,
  metricName: ThrottleMetric,
  label: string,
  index: Record<string, string> = {},
): Metric {
  return new Metric({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensionsMap: { TableName, ...index },
    statistic: Stats.SUM,
    label,
  });
}

/** Of everything in the account and region, against whose quota Lambda throttles. */
export function accountConcurrency(): Metric {
  return new Metric({
    namespace: "AWS/Lambda",
    metricName: "ConcurrentExecutions",
    statistic: Stats.MAXIMUM,
    label: "account",
  });
}
