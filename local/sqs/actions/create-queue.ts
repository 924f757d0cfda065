import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import { AwsError } from "../../aws/aws-error.ts";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { assertDeadLetterQueue, defineQueue } from "../queues/define-queue.ts";
import { effectiveNumbers, type QueueAttributes, settingsOf } from "../queues/queue-settings.ts";
import { queueUrl } from "../queues/queue-url.ts";
import { invalidParameter, sqsError } from "../sqs-error.ts";

const Input = z.object({
  QueueName: z.string(),
  Attributes: z._default(z.record(z.string(), z.string()), {}),
});

export async function createQueue(broker: Broker, call: AwsCall): Promise<object> {
  const { QueueName, Attributes } = parsedInput(Input, call.input);
  assertName(QueueName);
  settingsOf(Attributes);
  const known = broker.queues.get(QueueName);
  if (known) assertSame(known.definition.attributes, Attributes);
  else {
    assertDeadLetterQueue(broker, Attributes);
    defineQueue(broker, QueueName, Attributes);
  }
  await broker.journal.committed();
  return { QueueUrl: queueUrl(broker, QueueName) };
}

function assertName(name: string): void {
  if (name.endsWith(".fifo")) {
    throw sqsError("UnsupportedOperation", "This engine serves standard queues only, no FIFO");
  }
  if (/^[\w-]{1,80}$/.test(name)) return;
  throw invalidParameter(
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
  );
}

/** Only the attributes that the second creation names are compared. */
function assertSame(current: QueueAttributes, wanted: QueueAttributes): void {
  const all = (attributes: QueueAttributes) => ({ ...attributes, ...effectiveNumbers(attributes) });
  if (isDeepStrictEqual(all({ ...current, ...wanted }), all(current))) return;
  throw new AwsError(
    "QueueNameExists",
    "A queue already exists with the same name and a different value for one of its attributes",
    { queryCode: "QueueAlreadyExists" },
  );
}
