import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { entryOfReceipt } from "../messages/receipt-handle.ts";
import { parsedInput } from "../parsed-input.ts";
import type { Queue } from "../queues/queue.ts";

const Input = z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() });

export async function deleteMessage(broker: Broker, call: AwsCall): Promise<object> {
  const { QueueUrl, ReceiptHandle } = parsedInput(Input, call.input);
  deleteByReceipt(broker, broker.queueAt(QueueUrl), ReceiptHandle);
  await broker.journal.committed();
  return {};
}

/** A stale handle is no error, but it deletes nothing: the message belongs to its next receiver. */
export function deleteByReceipt(broker: Broker, queue: Queue, handle: string): void {
  const entry = entryOfReceipt(queue, handle);
  if (!entry) return;
  queue.remove(entry);
  broker.messages.delete(entry);
}
