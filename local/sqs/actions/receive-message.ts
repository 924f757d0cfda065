import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { receivedMessage } from "../messages/received-message.ts";
import { maxInFlight, putBack, type Taken, takeMessages } from "../messages/take-messages.ts";
import { parsedInput } from "../parsed-input.ts";
import type { Queue } from "../queues/queue.ts";
import { maxVisibilitySeconds } from "../queues/queue-settings.ts";
import { sqsError } from "../sqs-error.ts";

const Names = z._default(z.array(z.string()), []);

const Input = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z._default(z.int().check(z.minimum(1), z.maximum(10)), 1),
  VisibilityTimeout: z.optional(z.int().check(z.minimum(0), z.maximum(maxVisibilitySeconds))),
  WaitTimeSeconds: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
  AttributeNames: Names,
  MessageSystemAttributeNames: Names,
  MessageAttributeNames: Names,
});

export async function receiveMessage(broker: Broker, call: AwsCall): Promise<object> {
  const input = parsedInput(Input, call.input);
  const queue = broker.queueAt(input.QueueUrl);
  const taken = await takeOrWait(broker, queue, input, call);
  await broker.journal.committed();
  const wanted = {
    systemAttributes: [...input.AttributeNames, ...input.MessageSystemAttributeNames],
    messageAttributes: input.MessageAttributeNames,
  };
  const messages = taken.flatMap((one) => {
    const content = broker.messages.content(one.entry);
    return content ? [receivedMessage(one, content, wanted)] : [];
  });
  return messages.length > 0 ? { Messages: messages } : {};
}

/** Messages that a receiver does not live to see are put back at once, not when their time-out ends. */
async function takeOrWait(
  broker: Broker,
  queue: Queue,
  input: z.infer<typeof Input>,
  call: AwsCall,
): Promise<Taken[]> {
  const waitSeconds = input.WaitTimeSeconds ?? queue.settings.receiveWaitSeconds;
  const visibilitySeconds = input.VisibilityTimeout ?? queue.settings.visibilityTimeoutSeconds;
  let taken: Taken[] = [];
  let isGone = false;
  let cancel = () => {};
  const take = () => {
    if (!isGone) taken = takeMessages(broker, queue, input.MaxNumberOfMessages, visibilitySeconds);
    return taken;
  };
  call.onHangUp(() => {
    isGone = true;
    cancel();
    putBack(broker, queue, taken);
  });
  if (take().length > 0 || isGone) return taken;
  if (waitSeconds === 0) {
    assertRoomInFlight(queue);
    return [];
  }
  const waiting = broker.polls.wait(queue, take, waitSeconds * 1000);
  cancel = waiting.cancel;
  return waiting.taken;
}

/** Only a short poll is told; a long one waits for room. */
function assertRoomInFlight(queue: Queue): void {
  if (queue.counts.inFlight < maxInFlight) return;
  throw sqsError(
    "OverLimit",
    `The maximum number of in flight messages is reached: ${maxInFlight}.`,
  );
}
