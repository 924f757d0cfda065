import * as z from "zod/mini";
import { queueArn } from "../aws/arn.ts";
import type { Permission } from "../aws/permission.ts";
import { parsedInput } from "./parsed-input.ts";

const ByUrl = z.object({ QueueUrl: z.string() });
const ByName = z.object({ QueueName: z.string() });
const ByArn = z.object({ SourceArn: z.string() });

/** The right that a call needs; a batch needs the right of its single action. */
export function permissionsOf(action: string, input: unknown): Permission[] {
  return [{ action: `sqs:${action.replace(/Batch$/, "")}`, resource: resourceOf(action, input) }];
}

function resourceOf(action: string, input: unknown): string {
  switch (action) {
    case "ListQueues":
    case "CancelMessageMoveTask":
      return "*";
    case "CreateQueue":
    case "GetQueueUrl":
      return queueArn(parsedInput(ByName, input).QueueName);
    case "StartMessageMoveTask":
    case "ListMessageMoveTasks":
      return parsedInput(ByArn, input).SourceArn;
    default: {
      const { QueueUrl } = parsedInput(ByUrl, input);
      return queueArn(QueueUrl.slice(QueueUrl.lastIndexOf("/") + 1));
    }
  }
}
