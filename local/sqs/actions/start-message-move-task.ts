import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { sourcesOf } from "../queues/define-queue.ts";
import { runMoveTask } from "../queues/move-task.ts";
import { isActive, type MoveTask } from "../queues/move-task-store.ts";
import type { Queue } from "../queues/queue.ts";
import { invalidParameter, sqsError } from "../sqs-error.ts";

const Input = z.object({
  SourceArn: z.string(),
  DestinationArn: z.optional(z.string()),
  MaxNumberOfMessagesPerSecond: z.optional(z.int().check(z.minimum(1), z.maximum(500))),
});

export async function startMessageMoveTask(broker: Broker, call: AwsCall): Promise<object> {
  const input = parsedInput(Input, call.input);
  const source = existing(broker, input.SourceArn);
  if (input.DestinationArn !== undefined) existing(broker, input.DestinationArn);
  if (sourcesOf(broker, source).length === 0) {
    throw invalidParameter("Source queue must be configured as a Dead Letter Queue.");
  }
  if (broker.moveTasks.of(input.SourceArn).some(isActive)) {
    throw sqsError("UnsupportedOperation", "There is already a task running.");
  }
  source.wake(broker.now());
  const task: MoveTask = {
    handle: randomUUID(),
    sourceArn: input.SourceArn,
    destinationArn: input.DestinationArn,
    messagesPerSecond: input.MaxNumberOfMessagesPerSecond,
    status: "RUNNING",
    startedMs: broker.now(),
    toMove: source.counts.ready,
    moved: 0,
  };
  broker.moveTasks.put(task);
  await broker.journal.committed();
  broker.runBeside((closing) => runMoveTask(broker, task.handle, closing));
  return { TaskHandle: task.handle };
}

function existing(broker: Broker, arn: string): Queue {
  const queue = broker.queueOf(arn);
  if (queue) return queue;
  throw sqsError("ResourceNotFoundException", `There is no queue ${arn}.`);
}
