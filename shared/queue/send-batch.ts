import { SendMessageBatchCommand, type SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs";
import { AppError } from "../domain/app-error.ts";
import { sqs } from "./sqs.ts";

export interface QueueMessage {
  readonly body: string;
  /** Fair queues keep one group from delaying the others. */
  readonly group?: string;
  readonly delaySeconds?: number;
}

const maxEntries = 10;
const maxBatchBytes = 1_048_576;
const tries = 3;

/**
 * Sends all messages in as few calls as they fit into. SQS may answer 200 and still refuse some entries:
 * only those are sent again, a bounded number of times; then it throws, and some may have been sent.
 */
export async function sendBatch(
  queueUrl: string,
  messages: readonly QueueMessage[],
): Promise<void> {
  await Promise.all(inBatches(messages).map((batch) => sendAll(queueUrl, batch)));
}

async function sendAll(queueUrl: string, batch: readonly QueueMessage[]): Promise<void> {
  let rest = batch;
  for (let n = 0; n < tries; n += 1) {
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: rest.map(entry) });
    const { Failed = [] } = await sqs().send(command);
    if (Failed.length === 0) return;
    const refused = new Set(Failed.map((failure) => failure.Id));
    rest = rest.filter((_, index) => refused.has(String(index)));
  }
  throw new AppError("SERVER_UNAVAILABLE", "the queue did not accept every message; try again");
}

function entry(message: QueueMessage, index: number): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: message.body,
    MessageGroupId: message.group,
    DelaySeconds: message.delaySeconds,
  };
}

function inBatches(messages: readonly QueueMessage[]): QueueMessage[][] {
  const batches: QueueMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    const current = batches.at(-1);
    if (!current || current.length === maxEntries || bytes + size > maxBatchBytes) {
      batches.push([message]);
      bytes = size;
    } else {
      current.push(message);
      bytes += size;
    }
  }
  return batches;
}
