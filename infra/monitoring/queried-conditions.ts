import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { HookFunction } from "../constructs/hook-function.ts";
import type { WorkQueue } from "../constructs/work-queue.ts";
import type { AlarmCondition } from "./alarm-conditions.ts";
import { queried } from "./queried-metrics.ts";

const oneMinute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);

/** A query may find a metric late that is new, or was silent for hours: one period of half an hour is enough. */
const anyOfHalfHour = (period: Duration) => ({
  evaluationPeriods: 30 / period.toMinutes(),
  datapointsToAlarm: 1,
});

/** One message is enough: only what our own code could not handle ends there. */
export function hasDeadLetters(queueName: string, { deadLetters }: WorkQueue): AlarmCondition {
  const count = {
    select: "MAX",
    metricName: "ApproximateNumberOfMessagesVisible",
    namespace: "AWS/SQS",
    dimension: "QueueName",
    value: deadLetters.queueName,
  } as const;
  return {
    heading: `Messages in the ${queueName} dead-letter queue`,
    metric: queried(count, oneMinute),
    threshold: 1,
    ...anyOfHalfHour(oneMinute),
  };
}

/**
 * DynamoDB throttles for a moment where load rises steeply, and each call is tried again. Of a hundred among the reads
 * and writes of four tables, thirteen are of one kind and table. A table's indexes, for which its writes are held up,
 * count with it.
 */
export function tableThrottled({ tableName }: Table, kind: "Read" | "Write"): AlarmCondition {
  const throttles = {
    select: "SUM",
    metricName: `${kind}ThrottleEvents`,
    namespace: "AWS/DynamoDB",
    dimension: "TableName",
    value: tableName,
    withFurtherDimensions: true,
  } as const;
  return {
    heading: "DynamoDB throttles",
    metric: queried(throttles, fiveMinutes),
    threshold: 13,
    ...anyOfHalfHour(fiveMinutes),
  };
}

/** Of a function that Lambda would stop at the 16th hop, had we not told it that it may loop. One is one message lost. */
export function recursionDropped({ functionName }: HookFunction): AlarmCondition {
  const dropped = {
    select: "SUM",
    metricName: "RecursiveInvocationsDropped",
    namespace: "AWS/Lambda",
    dimension: "FunctionName",
    value: functionName,
  } as const;
  return {
    heading: "Recursive invocations were dropped",
    metric: queried(dropped, fiveMinutes),
    threshold: 1,
    ...anyOfHalfHour(fiveMinutes),
  };
}
