import { type Alarm, type Metric, subjectOf } from "./alarms.ts";

/** What an alarm looks at and when it rings; a metric is named by what it counts and of what: `Throttles FunctionName=WorkersSweep`. */
export interface Watch {
  readonly heading: string;
  readonly metrics: readonly string[];
  /** Whether metrics that have further dimensions beside these count as well. */
  readonly withFurther?: boolean;
  readonly combine: "SUM" | "MAX";
  readonly periodMinutes: number;
  readonly threshold: number;
  readonly periods: number;
  /** How many of the periods have to be over the threshold; default: all. */
  readonly datapoints?: number;
  readonly missingIsBad?: boolean;
  readonly isQuery?: boolean;
}

/** A number of a metric, and in which minute it is written. */
export interface Point {
  readonly metric: string;
  readonly minute: number;
  readonly value: number;
}

/** So many minutes after its first number a query finds a metric; what SQS needs for a queue that was silent is as long. */
const foundAfterMinutes = 15;

/** What CloudWatch makes of the numbers, minute by minute. */
export function rings(watch: Watch, points: readonly Point[], untilMinute: number): boolean {
  const minutes = Array.from({ length: untilMinute }, (_, minute) => minute + 1);
  return minutes.some((now) => {
    const seen = points.filter((point) => isSeen(point, now, watch, points));
    const end = now - (now % watch.periodMinutes);
    const over = Array.from({ length: watch.periods }, (_, n) => {
      const value = combined(watch, seen, end - (n + 1) * watch.periodMinutes);
      return value === undefined ? (watch.missingIsBad ?? false) : value >= watch.threshold;
    });
    return over.filter(Boolean).length >= (watch.datapoints ?? watch.periods);
  });
}

function isSeen(point: Point, now: number, watch: Watch, all: readonly Point[]): boolean {
  const isWatched = watch.metrics.some(
    (metric) =>
      point.metric === metric ||
      (watch.withFurther === true && point.metric.startsWith(`${metric} `)),
  );
  if (!isWatched || point.minute >= now) return false;
  if (!watch.isQuery) return true;
  const first = Math.min(...all.filter((p) => p.metric === point.metric).map((p) => p.minute));
  return first + foundAfterMinutes <= now;
}

function combined({ combine, periodMinutes }: Watch, seen: readonly Point[], start: number) {
  const values = seen
    .filter(({ minute }) => minute >= start && minute < start + periodMinutes)
    .map(({ value }) => value);
  if (values.length === 0) return undefined;
  return combine === "MAX" ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0);
}

/** What an alarm of the template is; none of one that calculates with shares. */
export function watchOf(alarm: Alarm): Watch[] {
  const expression = alarm.Metrics?.find(({ MetricStat }) => !MetricStat)?.Expression;
  if (typeof expression === "string" && expression.startsWith("IF(")) return [];
  const { query } = alarm;
  const [first] = alarm.Metrics ?? [];
  const seconds = Number(alarm.Period ?? first?.Period ?? periodIn(alarm));
  const [, inExpression] = /^(SUM|MAX)\(FILL\(METRICS\(\), 0\)\)$/.exec(String(expression)) ?? [];
  const combine = query?.select ?? inExpression ?? (alarm.Statistic === "Maximum" ? "MAX" : "SUM");
  return [
    {
      heading: alarm.heading,
      metrics: alarm.metrics.map(nameOf),
      withFurther: query?.isExact === false,
      combine: combine === "MAX" ? "MAX" : "SUM",
      periodMinutes: seconds / 60,
      threshold: alarm.Threshold,
      periods: alarm.EvaluationPeriods,
      datapoints: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
      missingIsBad: alarm.TreatMissingData === "breaching",
      isQuery: query !== undefined,
    },
  ];
}

function periodIn({ Metrics = [] }: Alarm): number | undefined {
  return Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? [])[0];
}

/** Without the digest that ends the ids of resources. */
function nameOf(metric: Metric): string {
  const subject = (dimension: Dimension) =>
    typeof dimension.Value === "string"
      ? dimension.Value
      : subjectOf({ ...metric, Dimensions: [dimension] }).slice(0, -8);
  const dimensions = metric.Dimensions?.map((each) => `${each.Name}=${subject(each)}`) ?? [];
  return [metric.MetricName, ...dimensions].join(" ");
}

type Dimension = NonNullable<Metric["Dimensions"]>[number];
