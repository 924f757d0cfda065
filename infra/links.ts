import { Validations } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  type CfnFunction,
  EventSourceMapping,
  type Function as LambdaFunction,
} from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { VariableName } from "../shared/contract/env.ts";

/** Gives a function a permission together with the variable that names what it is for. */
export type Link = (fn: LambdaFunction) => void;

/** What may be done with rows. No `Scan`; a transaction needs the actions that it consists of. */
export type RowAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem"
  | "BatchWriteItem";

export function usesRows(table: ITable, variable: VariableName) {
  return (...actions: RowAction[]): Link =>
    (fn) => {
      fn.addEnvironment(variable, table.tableName);
      allow(fn, "dynamodb", actions, table.tableArn);
    };
}

/** The same, of those rows alone whose partition key is one of these; a `*` at its end stands for the rest. */
export function usesRowsOf(table: ITable, variable: VariableName) {
  return (partitions: readonly string[], ...actions: RowAction[]): Link =>
    (fn) => {
      fn.addEnvironment(variable, table.tableName);
      allow(fn, "dynamodb", actions, table.tableArn, {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...partitions] },
        // The line above also holds for a call that names no key at all.
        Null: { "dynamodb:LeadingKeys": "false" },
      });
    };
}

/** An index is reached through its table's name, so there is no variable for it. */
export function usesIndex(table: ITable, index: string) {
  return (...actions: "Query"[]): Link =>
    (fn) => {
      allow(fn, "dynamodb", actions, `${table.tableArn}/index/${index}`);
    };
}

export function sendsTo(queue: IQueue, variable: VariableName): Link {
  return (fn) => {
    fn.addEnvironment(variable, queue.queueUrl);
    allow(fn, "sqs", ["SendMessage"], queue.queueArn);
  };
}

/** Several queues that share the work; the variable holds their addresses, separated by commas. */
export function sendsToEach(queues: readonly IQueue[], variable: VariableName): Link {
  return (fn) => {
    fn.addEnvironment(variable, queues.map(({ queueUrl }) => queueUrl).join(","));
    for (const { queueArn } of queues) allow(fn, "sqs", ["SendMessage"], queueArn);
  };
}

interface Consumption {
  /** The most messages of one invocation; ten unless told otherwise. */
  readonly batchSize?: number;
  readonly maximumConcurrency: number;
  readonly enabled: boolean;
}

/** The function is invoked with what arrives, and hands back what it could not handle. */
export function consumes(queue: IQueue, consumption: Consumption): Link {
  const { batchSize = 10, maximumConcurrency, enabled } = consumption;
  return (fn) => {
    const consume = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];
    allow(fn, "sqs", [...consume, "ChangeMessageVisibility"], queue.queueArn);
    new EventSourceMapping(queue, "Consumer", {
      target: fn,
      eventSourceArn: queue.queueArn,
      batchSize,
      maxConcurrency: maximumConcurrency,
      reportBatchItemFailures: true,
      enabled,
    });
  };
}

/** The wrapped data key is of no use outside this one purpose, whoever holds a role of ours. */
export function usesDataKey(key: IKey, variable: VariableName) {
  return (...actions: ("GenerateDataKey" | "Decrypt")[]): Link =>
    (fn) => {
      fn.addEnvironment(variable, key.keyArn);
      allow(fn, "kms", actions, key.keyArn, {
        StringEquals: { "kms:EncryptionContext:purpose": "hookcast" },
      });
    };
}

/** A setting, as the variable that carries it. */
export function isGiven(
  variable: VariableName,
  value: string | number | boolean | readonly number[],
): Link {
  return (fn) => {
    fn.addEnvironment(variable, String(value));
  };
}

/** The setting, and where it is on, the right and the order to tell X-Ray of every invocation. */
export function isTraced(variable: VariableName, isOn: boolean): Link {
  return (fn) => {
    isGiven(variable, isOn)(fn);
    if (!isOn) return;
    // A function of this class is made of this resource.
    const resource = fn.node.defaultChild as CfnFunction;
    resource.tracingConfig = { mode: "Active" };
    allow(fn, "xray", ["PutTraceSegments", "PutTelemetryRecords"], "*");
    if (fn.role) {
      Validations.of(fn.role).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason: "X-Ray knows no resources that a right to send to it could be narrowed to.",
      });
    }
  };
}

/** A setting that this deployment goes without. */
export const isNotGiven: Link = () => {};

function allow(
  fn: LambdaFunction,
  service: string,
  actions: readonly string[],
  resource: string,
  conditions: Record<string, Record<string, string | string[]>> = {},
): void {
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: actions.map((action) => `${service}:${action}`),
      resources: [resource],
      conditions,
    }),
  );
}
