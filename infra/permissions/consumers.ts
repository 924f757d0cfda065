import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type Function as LambdaFunction,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { grant, statementOf } from "./links.ts";

interface Consumption {
  /** The most messages of one invocation; default: 10. */
  readonly batchSize?: number;
  readonly maximumConcurrency: number;
  readonly enabled: boolean;
}

/** The function is invoked with what arrives, and hands back what it could not handle. */
export function consumes(fn: LambdaFunction, queue: IQueue, consumption: Consumption): void {
  const { batchSize = 10, maximumConcurrency, enabled } = consumption;
  const consume = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];
  const actions = [...consume, "ChangeMessageVisibility"];
  fn.addToRolePolicy(statementOf(grant("sqs", actions, queue.queueArn)));
  new EventSourceMapping(queue, "Consumer", {
    target: fn,
    eventSourceArn: queue.queueArn,
    batchSize,
    maxConcurrency: maximumConcurrency,
    reportBatchItemFailures: true,
    enabled,
  });
}

/**
 * The function is invoked with the keys of new rows. What it cannot handle within minutes is left to whoever reads the
 * table, so that nothing stands behind it.
 */
export function consumesNewRows(fn: LambdaFunction, table: Table): void {
  const { tableStreamArn } = table;
  if (tableStreamArn === undefined) throw new Error(`${table.node.path} has no stream`);
  const read = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];
  fn.addToRolePolicy(statementOf(grant("dynamodb", read, tableStreamArn)));
  new EventSourceMapping(table, "Consumer", {
    target: fn,
    eventSourceArn: tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual("INSERT") })],
    maxRecordAge: Duration.minutes(4),
    retryAttempts: 3,
    bisectBatchOnError: true,
    enabled: true,
  });
}
