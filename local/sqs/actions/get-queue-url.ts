import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { queueUrl } from "../queues/queue-url.ts";
import { queueDoesNotExist } from "../sqs-error.ts";

const Input = z.object({ QueueName: z.string() });

export function getQueueUrl(broker: Broker, call: AwsCall): object {
  const { QueueName } = parsedInput(Input, call.input);
  if (!broker.queues.has(QueueName)) throw queueDoesNotExist();
  return { QueueUrl: queueUrl(broker, QueueName) };
}
