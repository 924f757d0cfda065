import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { entryOfReceipt } from "../messages/receipt-handle.ts";
import { parsedInput } from "../parsed-input.ts";
import type { Queue } from "../queues/queue.ts";
import { maxVisibilitySeconds } from "../queues/queue-settings.ts";
import { invalidParameter, sqsError } from "../sqs-error.ts";

/** One message's new time-out, as the single action and an entry of the batch bring it. */
export const VisibilityChange = z.object({
  ReceiptHandle: z.string(),
  VisibilityTimeout: z.int().check(z.minimum(0), z.maximum(maxVisibilitySeconds)),
});
export type VisibilityChange = z.infer<typeof VisibilityChange>;

const Input = z.extend(VisibilityChange, { QueueUrl: z.string() });

export async function changeMessageVisibility(broker: Broker, call: AwsCall): Promise<object> {
  const input = parsedInput(Input, call.input);
  changeVisibility(broker, broker.queueAt(input.QueueUrl), input);
  await broker.journal.committed();
  return {};
}

export function changeVisibility(
  broker: Broker,
  queue: Queue,
  { ReceiptHandle, VisibilityTimeout }: VisibilityChange,
): void {
  queue.wake(broker.now());
  const entry = entryOfReceipt(queue, ReceiptHandle);
  if (!entry) {
    throw invalidParameter(
      `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. ` +
        "Reason: Message does not exist or is not available for visibility timeout change.",
    );
  }
  if (entry.state !== "inFlight") {
    throw sqsError("MessageNotInflight", "The specified message isn't in flight.");
  }
  const untilMs = broker.now() + VisibilityTimeout * 1000;
  queue.turn(entry, VisibilityTimeout === 0 ? "ready" : "inFlight", untilMs);
  broker.messages.place(entry);
  broker.notifyWaiting(queue);
}
