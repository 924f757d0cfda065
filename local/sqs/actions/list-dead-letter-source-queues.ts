import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { sourcesOf } from "../queues/define-queue.ts";
import { PageInput, queuePage } from "../queues/queue-page.ts";

const Input = z.extend(PageInput, { QueueUrl: z.string() });

export function listDeadLetterSourceQueues(broker: Broker, call: AwsCall): object {
  const input = parsedInput(Input, call.input);
  const names = sourcesOf(broker, broker.queueAt(input.QueueUrl)).map(({ name }) => name);
  const { urls, next } = queuePage(broker, names, input);
  // SQS spells this one with a small q.
  return { queueUrls: urls, ...next };
}
