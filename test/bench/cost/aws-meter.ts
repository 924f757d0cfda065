import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import type { AwsAnswer, AwsCall, Intercept } from "../../faults/run/aws-proxy.ts";
import { isCalled } from "../../faults/run/injector.ts";
import { assumptions } from "./assumptions.ts";
import type { SecondaryIndex } from "./dynamodb-input.ts";
import { dynamoDbUsage } from "./dynamodb-usage.ts";
import { sqsUsage } from "./sqs-usage.ts";
import { StoredRows } from "./stored-rows.ts";
import { noUsage, plus, type Usage } from "./usage.ts";

const OneTable = z.object({ TableName: z.optional(z.string()) });

export interface AwsMeter {
  dynamoDb: Intercept;
  sqs: Intercept;
  /** While it runs, each call takes as long as in AWS: what overlaps there overlaps here. */
  atAwsPace<Result>(work: () => Promise<Result>): Promise<Result>;
  /** What a function has used so far, by its name in the architecture, or the sender, or at the outbox. */
  usageOf(functionName: string): Usage;
}

/** Stands between functions and engines and writes down what AWS would bill for every call. */
export function createAwsMeter(indexes: readonly SecondaryIndex[]): AwsMeter {
  const rows = new StoredRows(indexes);
  const totals = new Map<string, Usage>();
  const underway = new Map<string, number>();
  let unpriced: unknown;
  let isAtAwsPace = false;
  const metered =
    (usage: (call: AwsCall, answer: AwsAnswer) => Usage): Intercept =>
    async (call, forward) => {
      if (!isPartOfTheWork(call)) return forward();
      const { caller } = call;
      const others = underway.get(caller) ?? 0;
      underway.set(caller, others + 1);
      if (isAtAwsPace) await pause(assumptions.callMs);
      const answer = await forward();
      underway.set(caller, (underway.get(caller) ?? 1) - 1);
      try {
        const used = answer.status === 200 ? usage(call, answer) : { ...noUsage, calls: 1 };
        const waits = others === 0 ? 1 : 0;
        const add = (name: string) =>
          totals.set(name, plus(totals.get(name) ?? noUsage, { ...used, waits }));
        add(caller);
        if (caller !== sender && isAtOutbox(call)) add(outboxRows);
      } catch (error) {
        unpriced ??= error;
      }
      return answer;
    };
  return {
    dynamoDb: metered((call, answer) => dynamoDbUsage(call, answer, rows)),
    sqs: metered(sqsUsage),
    async atAwsPace(work) {
      isAtAwsPace = true;
      try {
        return await work();
      } finally {
        isAtAwsPace = false;
      }
    },
    usageOf(functionName) {
      if (unpriced) throw unpriced;
      const own = [...totals].filter(
        ([caller]) => caller === functionName || isCalled(caller, functionName),
      );
      return own.reduce((sum, [, usage]) => plus(sum, usage), noUsage);
    },
  };
}

const functionNames = ["publish", "publishBatch", "publishByUrl", "ingest", "outbox", "deliver"];

/** Whoever sends to the ingest queue or writes to the outbox, of whom nothing else counts. */
export const sender = "operator";

/** What the function does with the rows of the outbox, which is part of what it uses. */
export const outboxRows = "outbox rows";

function isAtOutbox({ input }: AwsCall): boolean {
  const { TableName } = OneTable.parse(input);
  return TableName !== undefined && /Outbox/.test(TableName);
}

/** Not what other functions or operators do, and not what is done once a minute: the heartbeat, a look at the outbox. */
function isPartOfTheWork({ action, caller, input }: AwsCall): boolean {
  if (caller === sender) return action === "SendMessageBatch" || action === "TransactWriteItems";
  if (action === "Scan") return false;
  const isHeartbeat = JSON.stringify(input).includes('"pk":{"S":"heartbeat"}');
  return !isHeartbeat && functionNames.some((name) => isCalled(caller, name));
}
