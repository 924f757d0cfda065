import * as z from "zod/mini";
import { queueArn } from "../../aws/arn.ts";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { dropExpired } from "../messages/drop-expired.ts";
import { parsedInput } from "../parsed-input.ts";
import type { Queue } from "../queues/queue.ts";
import { effectiveNumbers, isSettable } from "../queues/queue-settings.ts";
import { sqsError } from "../sqs-error.ts";

const Input = z.object({
  QueueUrl: z.string(),
  AttributeNames: z._default(z.array(z.string()), []),
});

export async function getQueueAttributes(broker: Broker, call: AwsCall): Promise<object> {
  const { QueueUrl, AttributeNames } = parsedInput(Input, call.input);
  const queue = broker.queueAt(QueueUrl);
  queue.wake(broker.now());
  dropExpired(broker, queue);
  const all = attributesOf(queue);
  const names = AttributeNames.includes("All") ? Object.keys(all) : AttributeNames;
  const chosen = names.flatMap((name) => {
    const value = all[name];
    if (value !== undefined) return [[name, value]];
    if (isSettable(name)) return [];
    throw sqsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
  });
  await broker.journal.committed();
  return chosen.length > 0 ? { Attributes: Object.fromEntries(chosen) } : {};
}

function attributesOf(queue: Queue): Record<string, string> {
  const { attributes, createdMs, modifiedMs } = queue.definition;
  const { counts } = queue;
  return {
    SqsManagedSseEnabled: "true",
    ...attributes,
    ...effectiveNumbers(attributes),
    QueueArn: queueArn(queue.name),
    CreatedTimestamp: String(Math.floor(createdMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(modifiedMs / 1000)),
    ApproximateNumberOfMessages: String(counts.ready),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
}
