import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { emptyQueue } from "./purge-queue.ts";

const Input = z.object({ QueueUrl: z.string() });

export async function deleteQueue(broker: Broker, call: AwsCall): Promise<object> {
  const queue = broker.queueAt(parsedInput(Input, call.input).QueueUrl);
  emptyQueue(broker, queue);
  broker.queues.delete(queue.name);
  broker.definitions.delete(queue.name);
  broker.polls.end(queue);
  await broker.journal.committed();
  return {};
}
