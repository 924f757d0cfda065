import { Validations } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { CfnFunction, Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { VariableName } from "../../shared/contract/env.ts";

/** What a function may do, and the variables that name what it does it to. */
export interface Link {
  readonly grants?: readonly Grant[];
  readonly variables?: Readonly<Partial<Record<VariableName, string>>>;
  /** What is to be set at the function itself. */
  readonly configure?: (fn: LambdaFunction) => void;
}

/** One statement of a policy. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resource: string;
  /** Denied, whatever else allows it; default: allowed. */
  readonly isDenied?: true;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

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
  return (...actions: RowAction[]): Link => ({
    variables: { [variable]: table.tableName },
    grants: [grant("dynamodb", actions, table.tableArn)],
  });
}

/** The same, of those rows alone whose partition key is one of these; a `*` at its end stands for the rest. */
export function usesRowsOf(table: ITable, variable: VariableName) {
  return (partitions: readonly string[], ...actions: RowAction[]): Link => {
    const conditions = {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...partitions] },
      // The line above also holds for a call that names no key at all.
      Null: { "dynamodb:LeadingKeys": "false" },
    };
    return {
      variables: { [variable]: table.tableName },
      grants: [{ ...grant("dynamodb", actions, table.tableArn), conditions }],
    };
  };
}

/** The outbox alone is read from end to end: few rows are in it, in an order that nobody chose. */
export function takesFrom(table: ITable | undefined, variable: VariableName): Link {
  if (!table) return isNotGiven;
  const actions = ["GetItem", "Scan", "UpdateItem", "DeleteItem"];
  return {
    variables: { [variable]: table.tableName },
    grants: [grant("dynamodb", actions, table.tableArn)],
  };
}

/** An index is reached through its table's name, so there is no variable for it. */
export function usesIndex(table: ITable, index: string) {
  return (...actions: "Query"[]): Link => ({
    grants: [grant("dynamodb", actions, `${table.tableArn}/index/${index}`)],
  });
}

export function sendsTo(queue: IQueue, variable: VariableName): Link {
  return sendsToEach([queue], variable);
}

/** May see how many messages wait in the queue. */
export function countsIn(queue: IQueue): Link {
  return { grants: [grant("sqs", ["GetQueueAttributes"], queue.queueArn)] };
}

/** Several queues that share the work; the variable holds the first one's address, and the others' names. */
export function sendsToEach(queues: readonly IQueue[], variable: VariableName): Link {
  const addresses = queues.map(({ queueUrl, queueName }, n) => (n === 0 ? queueUrl : queueName));
  return {
    variables: { [variable]: addresses.join(",") },
    grants: queues.map(({ queueArn }) => grant("sqs", ["SendMessage"], queueArn)),
  };
}

/** The same without a variable: the function finds their addresses where it needs them. */
export function sendsToEachUnnamed(queues: readonly IQueue[]): Link {
  return { grants: queues.map(({ queueArn }) => grant("sqs", ["SendMessage"], queueArn)) };
}

/** A role of ours can use the wrapped data key for this one purpose only. */
export function usesDataKey(key: IKey, variable: VariableName) {
  return (...actions: ("GenerateDataKey" | "Decrypt")[]): Link => {
    const conditions = { StringEquals: { "kms:EncryptionContext:purpose": "hookcast" } };
    return {
      variables: { [variable]: key.keyArn },
      grants: [{ ...grant("kms", actions, key.keyArn), conditions }],
    };
  };
}

/** A setting, as the variable that carries it. */
export function setsVariable(
  variable: VariableName,
  value: string | number | boolean | readonly number[],
): Link {
  return { variables: { [variable]: String(value) } };
}

/** The setting, and where it is on, the right and the order to tell X-Ray of every invocation. */
export function isTraced(variable: VariableName, isOn: boolean): Link {
  const setting = setsVariable(variable, isOn);
  if (!isOn) return setting;
  return {
    ...setting,
    grants: [grant("xray", ["PutTraceSegments", "PutTelemetryRecords"], "*")],
    configure: (fn) => {
      // A function of this class is made of this resource.
      const resource = fn.node.defaultChild as CfnFunction;
      resource.tracingConfig = { mode: "Active" };
      if (!fn.role) return;
      Validations.of(fn.role).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason: "X-Ray knows no resources that a right to send to it could be narrowed to.",
      });
    },
  };
}

/** A setting that this deployment goes without. */
export const isNotGiven: Link = {};

/** The right to do that with the resource. */
export function grant(service: string, actions: readonly string[], resource: string): Grant {
  return { actions: actions.map((action) => `${service}:${action}`), resource };
}

export function statementOf(grant: Grant): PolicyStatement {
  const { actions, resource, isDenied, conditions = {} } = grant;
  const effect = isDenied ? Effect.DENY : Effect.ALLOW;
  return new PolicyStatement({ effect, actions: [...actions], resources: [resource], conditions });
}
