import type { SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs";
import { sqs } from "../aws/clients.ts";
import { AppError } from "../domain/app-error.ts";
import { isUnavailable } from "../runtime/failures.ts";
import { errorFields, log } from "../runtime/logger.ts";

export interface QueueMessage {
  readonly body: string;
  /** Fair queues keep one group from delaying the others. */
  readonly group?: string;
  readonly delaySeconds?: number;
  /** Texts that travel beside the body; they count towards its size. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What queues ask of SQS. */
export interface Sender {
  /** One call with one batch. Returns the places of the messages that were not taken. */
  send(queueUrl: string, batch: readonly QueueMessage[]): Promise<number[]>;
  /** Lets messages that were received be handed out again after 0 to 43,200 seconds; at most ten. */
  showAgain(queueUrl: string, hidden: readonly HiddenMessage[]): Promise<void>;
  /** About how many messages the queue could hand out now. */
  readyCount(queueUrl: string): Promise<number>;
}

/** A message that was received and is not to be deleted. */
export interface HiddenMessage {
  readonly receiptHandle: string;
  readonly afterSeconds: number;
}

export const sqsSender: Sender = {
  async send(queueUrl, batch) {
    const { Failed = [] } = await sqs.call("SendMessageBatch", {
      QueueUrl: queueUrl,
      Entries: batch.map(entry),
    });
    return Failed.map((failure) => Number(failure.Id));
  },
  async showAgain(queueUrl, hidden) {
    const Entries = hidden.map(({ receiptHandle, afterSeconds }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: afterSeconds,
    }));
    // An entry that fails is handed out again when its queue's own visibility timeout ends.
    await sqs.call("ChangeMessageVisibilityBatch", { QueueUrl: queueUrl, Entries });
  },
  async readyCount(queueUrl) {
    const { Attributes } = await sqs.call("GetQueueAttributes", {
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages"],
    });
    return Number(Attributes?.ApproximateNumberOfMessages);
  },
};

/** What a queue is asked about itself. */
export interface QueueLookup {
  /** The JSON text of the queue's redrive policy; throws where it has none. */
  redrivePolicy(queueUrl: string): Promise<string>;
}

export const sqsLookup: QueueLookup = {
  async redrivePolicy(queueUrl) {
    const { Attributes } = await sqs.call("GetQueueAttributes", {
      QueueUrl: queueUrl,
      AttributeNames: ["RedrivePolicy"],
    });
    if (Attributes?.RedrivePolicy) return Attributes.RedrivePolicy;
    throw new Error("the queue has no dead-letter queue");
  },
};

const maxEntries = 10;
const maxBatchBytes = 1_048_576;
const tries = 3;

/**
 * Sends all messages in as few calls as they fit into, and returns those that the queue did not take. SQS
 * may answer 200 and still refuse some entries: only those are sent again, a bounded number of times.
 */
export async function sendBatch<Message extends QueueMessage>(
  sender: Sender,
  queueUrl: string,
  messages: readonly Message[],
): Promise<Message[]> {
  const batches = inBatches(messages);
  const refused = await Promise.all(batches.map((batch) => sendAll(sender, queueUrl, batch)));
  return refused.flat();
}

/** The same, for one message or for several that only count together. */
export async function sendOrThrow(
  sender: Sender,
  queueUrl: string,
  ...messages: QueueMessage[]
): Promise<void> {
  const refused = await sendBatch(sender, queueUrl, messages);
  if (refused.length > 0) throw new AppError("SERVER_UNAVAILABLE", "not accepted; try again");
}

async function sendAll<Message extends QueueMessage>(
  sender: Sender,
  queueUrl: string,
  batch: readonly Message[],
): Promise<readonly Message[]> {
  let rest = batch;
  try {
    for (let n = 0; n < tries && rest.length > 0; n += 1) {
      const refused = new Set(await sender.send(queueUrl, rest));
      rest = rest.filter((_, index) => refused.has(index));
    }
  } catch (error) {
    // The client has tried this call several times by now: to go on would outlast the caller.
    if (!isUnavailable(error)) throw error;
    log("warn", "queue.unavailable", errorFields(error));
  }
  return rest;
}

function entry(message: QueueMessage, index: number): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: message.body,
    MessageGroupId: message.group,
    DelaySeconds: message.delaySeconds,
    ...(message.attributes && { MessageAttributes: attributesOf(message.attributes) }),
  };
}

function attributesOf(texts: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
}

function inBatches<Message extends QueueMessage>(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = sizeOf(message);
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

/** As SQS counts it: names, types and values of attributes, too. */
function sizeOf({ body, attributes = {} }: QueueMessage): number {
  return Object.entries(attributes).reduce(
    (sum, [name, text]) => sum + Buffer.byteLength(`${name}String${text}`),
    Buffer.byteLength(body),
  );
}

/** In a Unicode-aware expression `\p{Cs}` matches lone surrogates only, never the halves of a pair. */
const notCarried = /[\uFFFE\uFFFF\p{Cs}]/gu;

/**
 * Makes a JSON text fit for SQS, which carries the characters of XML 1.0 only. JSON has no raw
 * control characters but white space, so these are left; they stand in strings, where `\uXXXX`
 * means the same.
 */
export function escapeForSqs(jsonText: string): string {
  return jsonText.replace(notCarried, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
