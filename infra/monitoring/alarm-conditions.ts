import { Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import {
  type AlarmProps,
  MathExpression,
  type Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import {
  type MetricName,
  metricDimension,
  metricNamespace,
} from "../../shared/contract/metrics.ts";
import type { WorkQueue } from "../constructs/work-queue.ts";
import type { MadeFunctions } from "../make-function.ts";
import type { Settings } from "../settings/settings.ts";
import type { Storage } from "../storage.ts";
import {
  failedAnswers,
  ourMetric,
  tableThrottleMetrics,
  throttleMetrics,
} from "./cloudwatch-metrics.ts";
import { queried } from "./queried-metrics.ts";

/** When an alarm rings, and under which heading of the runbook. */
export type AlarmCondition = Pick<AlarmProps, "metric" | "threshold"> &
  Partial<Pick<AlarmProps, "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData">> & {
    readonly heading: string;
  };

const oneMinute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
const quarterHour = Duration.minutes(15);

/** Of several queues at once, as `hasDeadLetters` is of one. */
export function haveDeadLetters(queueName: string, queues: readonly WorkQueue[]): AlarmCondition {
  const counts = queues.map(({ deadLetters }) =>
    deadLetters.metricApproximateNumberOfMessagesVisible({
      period: oneMinute,
      statistic: Stats.MAXIMUM,
    }),
  );
  return {
    heading: `Messages in the ${queueName} dead-letter queue`,
    metric: largestOf(counts, oneMinute),
    threshold: 1,
  };
}

/** Twice as long as a retry may be held back by design; a receiver that is down holds up no queue. */
export function waitsTooLong(queueName: string, queues: readonly WorkQueue[]): AlarmCondition {
  const ages = queues.map(({ queue }) =>
    queue.metricApproximateAgeOfOldestMessage({ period: fiveMinutes, statistic: Stats.MAXIMUM }),
  );
  return {
    heading: `Messages wait too long in the ${queueName} queue`,
    metric: largestOf(ages, fiveMinutes),
    threshold: 1_800,
    evaluationPeriods: 2,
  };
}

/** Lambda throttles for a moment whenever load rises steeply: a few are no news. */
export function throttled(functions: MadeFunctions): AlarmCondition {
  return {
    heading: "Functions are throttled",
    metric: sumOf(throttleMetrics(functions)),
    threshold: 10,
  };
}

/** A 503 that a client tries again now and then is no news. */
export function apiFails(httpApi: HttpApi, functions: MadeFunctions): AlarmCondition {
  const { ofApi, ofUrl } = failedAnswers(httpApi, functions, { period: fiveMinutes });
  return {
    heading: "The API answers with 5xx",
    metric: ofUrl ? sumOf({ ofApi, ofUrl }) : ofApi,
    threshold: 10,
  };
}

/** Of all tables at once, as `tableThrottled` is of one. */
export function tablesThrottled(storage: Storage): AlarmCondition {
  return {
    heading: "DynamoDB throttles",
    metric: sumOf(tableThrottleMetrics(storage)),
    threshold: 100,
  };
}

/** Far above what the retry schedule takes, so that a receiver which is down for three days wakes nobody. */
export function oldestUndelivered(settings: Settings): AlarmCondition {
  const oldest = {
    select: "MAX",
    metricName: "OldestUndelivered" satisfies MetricName,
    namespace: metricNamespace,
    dimension: metricDimension,
    value: settings.stackName,
  } as const;
  return {
    heading: "A message waits for days",
    metric: queried(oldest, fiveMinutes),
    threshold: settings.oldestUndeliveredAlarmHours * 3_600,
    evaluationPeriods: 3,
  };
}

/** Percent of all attempts; of few attempts one dead receiver may be half. */
export function failureShare(settings: Settings): AlarmCondition {
  const expression = new MathExpression({
    expression: "IF(attempts >= 100, 100 * (1 - FILL(delivered, 0) / attempts), 0)",
    usingMetrics: {
      attempts: ourMetric("AttemptLatency", settings, { statistic: Stats.SAMPLE_COUNT }),
      delivered: ourMetric("Delivered", settings),
    },
    period: quarterHour,
  });
  return {
    heading: "Most attempts fail",
    metric: expression,
    threshold: 50,
    evaluationPeriods: 2,
  };
}

/**
 * The gateway remembers a refusal as it does an approval, so that a caller with an old key counts about once
 * in `authorizerCacheSeconds`: so many are guesses, or a whole fleet that was forgotten.
 */
export function keysRefused(settings: Settings): AlarmCondition {
  return {
    heading: "Many keys are refused",
    metric: ourMetric("Denied", settings, { period: fiveMinutes, statistic: Stats.SUM }),
    threshold: 100,
  };
}

/** Silence is as bad as lateness: a sweep says each minute how late it is. */
export function sweeperLate(settings: Settings): AlarmCondition {
  return {
    heading: "The sweeper is late",
    metric: ourMetric("SweeperLag", settings, { period: oneMinute, statistic: Stats.MAXIMUM }),
    threshold: 180,
    evaluationPeriods: 5,
    treatMissingData: TreatMissingData.BREACHING,
  };
}

/** One row is enough: its writer believes that the event was published. */
export function outboxRefused(settings: Settings): AlarmCondition {
  return {
    heading: "Rows in the outbox are refused",
    metric: ourMetric("OutboxRefused", settings, { period: fiveMinutes, statistic: Stats.MAXIMUM }),
    threshold: 1,
  };
}

/** As with queues. A sweep that no longer runs says nothing, which is as bad. */
export function outboxWaits(settings: Settings): AlarmCondition {
  return {
    heading: "Rows wait too long in the outbox",
    metric: ourMetric("OutboxOldest", settings, { period: fiveMinutes, statistic: Stats.MAXIMUM }),
    threshold: 1_800,
    evaluationPeriods: 2,
    treatMissingData: TreatMissingData.BREACHING,
  };
}

/** A queue that is long unused has no number. */
function largestOf(metrics: readonly Metric[], period: Duration): AlarmProps["metric"] {
  const [only, another] = metrics;
  if (only && !another) return only;
  return new MathExpression({
    expression: "MAX(FILL(METRICS(), 0))",
    usingMetrics: Object.fromEntries(metrics.map((metric, n) => [`queue${n + 1}`, metric])),
    period,
  });
}

/** A function that did not run has no number, and would leave the sum without one. */
function sumOf(usingMetrics: MathExpression["usingMetrics"]): MathExpression {
  return new MathExpression({
    expression: "SUM(FILL(METRICS(), 0))",
    usingMetrics,
    period: fiveMinutes,
  });
}
