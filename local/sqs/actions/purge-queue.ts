import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import type { Queue } from "../queues/queue.ts";

const Input = z.object({ QueueUrl: z.string() });

export async function purgeQueue(broker: Broker, call: AwsCall): Promise<object> {
  emptyQueue(broker, broker.queueAt(parsedInput(Input, call.input).QueueUrl));
  await broker.journal.committed();
  return {};
}

export function emptyQueue(broker: Broker, queue: Queue): void {
  for (const entry of queue.entries.values()) {
    queue.remove(entry);
    broker.messages.delete(entry);
  }
}
