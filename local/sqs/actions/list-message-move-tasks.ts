import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import type { MoveTask } from "../queues/move-task-store.ts";

const Input = z.object({
  SourceArn: z.string(),
  MaxResults: z._default(z.int().check(z.minimum(1), z.maximum(10)), 1),
});

export function listMessageMoveTasks(broker: Broker, call: AwsCall): object {
  const { SourceArn, MaxResults } = parsedInput(Input, call.input);
  return { Results: broker.moveTasks.of(SourceArn).slice(0, MaxResults).map(description) };
}

function description(task: MoveTask): object {
  return {
    ...(task.status === "RUNNING" && { TaskHandle: task.handle }),
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.messagesPerSecond,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failure,
    StartedTimestamp: task.startedMs,
  };
}
