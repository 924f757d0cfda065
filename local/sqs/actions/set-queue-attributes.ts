import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { assertDeadLetterQueue, defineQueue } from "../queues/define-queue.ts";

const Input = z.object({ QueueUrl: z.string(), Attributes: z.record(z.string(), z.string()) });

export async function setQueueAttributes(broker: Broker, call: AwsCall): Promise<object> {
  const { QueueUrl, Attributes } = parsedInput(Input, call.input);
  const queue = broker.queueAt(QueueUrl);
  const merged = { ...queue.definition.attributes, ...Attributes };
  assertDeadLetterQueue(broker, merged);
  defineQueue(broker, queue.name, merged);
  await broker.journal.committed();
  return {};
}
