import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { sqsError } from "../sqs-error.ts";

const Input = z.object({ TaskHandle: z.string() });

/** The task ends before its next step; what it has moved stays moved. */
export async function cancelMessageMoveTask(broker: Broker, call: AwsCall): Promise<object> {
  const task = broker.moveTasks.get(parsedInput(Input, call.input).TaskHandle);
  if (task?.status !== "RUNNING") {
    throw sqsError("ResourceNotFoundException", "The task does not exist or is not running.");
  }
  broker.moveTasks.put({ ...task, status: "CANCELLING" });
  await broker.journal.committed();
  return { ApproximateNumberOfMessagesMoved: task.moved };
}
