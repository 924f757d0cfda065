import type { Entry } from "../actions/entry.ts";
import type { Queue } from "../queues/queue.ts";
import { sqsError } from "../sqs-error.ts";

/** Names one receipt of one message; the next receipt of it has another handle. */
export function receiptHandle({ id, messageId }: Entry, receiveCount: number): string {
  return Buffer.from(`${id} ${receiveCount} ${messageId}`).toString("base64url");
}

/** The message behind a handle; undefined when it is gone or has been received again since. */
export function entryOfReceipt(queue: Queue, handle: string): Entry | undefined {
  const text = Buffer.from(handle, "base64url").toString();
  const [, id, receiveCount, messageId] = /^(\d+) (\d+) ([0-9a-f-]{36})$/.exec(text) ?? [];
  if (messageId === undefined) {
    throw sqsError(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  const entry = queue.entries.get(Number(id));
  const isSame = entry?.messageId === messageId && entry.receiveCount === Number(receiveCount);
  return isSame ? entry : undefined;
}
