import { SendMessageBatchCommand, type SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs";
import { AppError } from "../domain/app-error.ts";
import { isUnavailable } from "../runtime/failures.ts";
import { errorFields, log } from "../runtime/logger.ts";
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
 * Sends all messages in as few calls as they fit into, and answers those that the queue did not take. SQS
 * may answer 200 and still refuse some entries: only those are sent again, a bounded number of times.
 */
export async function sendBatch<Message extends QueueMessage>(
  queueUrl: string,
  messages: readonly Message[],
): Promise<Message[]> {
  const refused = await Promise.all(inBatches(messages).map((batch) => sendAll(queueUrl, batch)));
  return refused.flat();
}

/** The same, for one message or for several that only count together. */
export async function sendOrThrow(queueUrl: string, ...messages: QueueMessage[]): Promise<void> {
  const refused = await sendBatch(queueUrl, messages);
  if (refused.length > 0) throw new AppError("SERVER_UNAVAILABLE", "not accepted; try again");
}

async function sendAll<Message extends QueueMessage>(
  queueUrl: string,
  batch: readonly Message[],
): Promise<readonly Message[]> {
  let rest = batch;
  try {
    for (let n = 0; n < tries && rest.length > 0; n += 1) rest = await send(queueUrl, rest);
  } catch (error) {
    // The client has tried this call several times by now: to go on would outlast the caller.
    if (!isUnavailable(error)) throw error;
    log("warn", "queue.unavailable", errorFields(error));
  }
  return rest;
}

/** Sends one batch and answers what was not taken. */
async function send<Message extends QueueMessage>(
  queueUrl: string,
  batch: readonly Message[],
): Promise<readonly Message[]> {
  const Entries = batch.map(entry);
  const { Failed = [] } = await sqs().send(
    new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
  );
  const refused = new Set(Failed.map((failure) => failure.Id));
  return batch.filter((_, index) => refused.has(String(index)));
}

function entry(message: QueueMessage, index: number): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: message.body,
    MessageGroupId: message.group,
    DelaySeconds: message.delaySeconds,
  };
}

function inBatches<Message extends QueueMessage>(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = [];
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
