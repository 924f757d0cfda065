import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { acceptMessage } from "../messages/accept-message.ts";
import { MessageInput, messageBytes } from "../messages/message-input.ts";
import { parsedInput } from "../parsed-input.ts";
import { maxMessageBytes } from "../queues/queue-settings.ts";
import { sqsError } from "../sqs-error.ts";
import { BatchInput, eachEntry } from "./batch.ts";

const Entry = z.extend(MessageInput, { Id: z.string() });

export async function sendMessageBatch(broker: Broker, call: AwsCall): Promise<object> {
  const { QueueUrl, Entries } = parsedInput(BatchInput, call.input);
  const queue = broker.queueAt(QueueUrl);
  assertBatchSize(Entries);
  const answer = eachEntry(Entries, Entry, (message) =>
    acceptMessage(broker, queue, message, call.accessKeyId),
  );
  await broker.journal.committed();
  return answer;
}

function assertBatchSize(entries: unknown[]): void {
  let bytes = 0;
  for (const entry of entries) {
    const parsed = Entry.safeParse(entry);
    if (parsed.success) bytes += messageBytes(parsed.data);
  }
  if (bytes <= maxMessageBytes) return;
  throw sqsError(
    "BatchRequestTooLong",
    `Batch requests cannot be longer than ${maxMessageBytes} bytes. You have sent ${bytes} bytes.`,
  );
}
