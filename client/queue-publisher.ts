import { type Content, contentMember } from "./content.ts";
import { ConnectionError, HookcastError } from "./errors.ts";
import type { InputOf } from "./operations.ts";

/** What is asked of SQS: `new SQS()` of `@aws-sdk/client-sqs` has it. */
export interface SqsClient {
  sendMessageBatch(input: {
    QueueUrl: string;
    Entries: { Id: string; MessageBody: string }[];
  }): Promise<{
    Successful?: readonly { Id?: string | undefined; MessageId?: string | undefined }[] | undefined;
    Failed?:
      | readonly {
          Id?: string | undefined;
          Code?: string | undefined;
          Message?: string | undefined;
          SenderFault?: boolean | undefined;
        }[]
      | undefined;
  }>;
}

export interface QueuePublisherOptions {
  /** The ingest queue's address, as the output `IngestQueue` tells it. */
  readonly queueUrl: string;
  readonly sqs: SqsClient;
}

/** As with the client, but that there is a key only where one is given. */
export type QueuedMessage = Omit<InputOf<"publish">, "raw"> &
  Content & {
    /** Default: `application/json`, `text/plain` or `application/octet-stream`. */
    readonly contentType?: string;
    readonly idempotencyKey?: string | null;
    /** What a delivery's `webhook-hops` says, where the message passes the delivery on. */
    readonly hops?: number;
  };

export interface QueuePublisher {
  /**
   * Resolves once SQS has the message. Calls that are begun together share calls to SQS. Throws HookcastError
   * where SQS refuses the message, and ConnectionError where it is not known whether SQS has it.
   */
  publish(message: QueuedMessage): Promise<{ sqsMessageId: string }>;
}

interface Waiting {
  readonly body: string;
  readonly bytes: number;
  readonly resolve: (sent: { sqsMessageId: string }) => void;
  readonly reject: (error: Error) => void;
}

const maxEntries = 10;
const maxBatchBytes = 1_048_576;
/** What an ingest queue takes. */
const maxBodyBytes = 1_044_480;

/** Publishes through an ingest queue: without an API key, ten messages to a call. */
export function createQueuePublisher({ queueUrl, sqs }: QueuePublisherOptions): QueuePublisher {
  let waiting: Waiting[] = [];

  const flush = () => {
    const batches = inBatches(waiting);
    waiting = [];
    for (const batch of batches) void sendBatch(queueUrl, sqs, batch);
  };

  return {
    publish: (message) =>
      new Promise((resolve, reject) => {
        const body = bodyOf(message);
        const bytes = new TextEncoder().encode(body).length;
        if (bytes > maxBodyBytes) {
          const text = `a message in the queue has at most ${maxBodyBytes} bytes`;
          reject(refusal(413, "PAYLOAD_TOO_LARGE_ERROR", text));
          return;
        }
        // What is begun before this turn of the event loop ends goes together.
        if (waiting.length === 0) queueMicrotask(flush);
        waiting.push({ body, bytes, resolve, reject });
      }),
  };
}

async function sendBatch(
  QueueUrl: string,
  sqs: SqsClient,
  batch: readonly Waiting[],
): Promise<void> {
  const Entries = batch.map(({ body }, index) => ({ Id: String(index), MessageBody: body }));
  try {
    const { Successful = [], Failed = [] } = await sqs.sendMessageBatch({ QueueUrl, Entries });
    for (const { Id, MessageId = "" } of Successful) {
      batch[Number(Id)]?.resolve({ sqsMessageId: MessageId });
    }
    for (const { Id, Code, Message, SenderFault } of Failed) {
      const text = `SQS refused the message: ${[Code, Message].filter(Boolean).join(": ")}`;
      const error = SenderFault
        ? refusal(400, "INVALID_ARGUMENT_ERROR", text)
        : refusal(503, "SERVER_UNAVAILABLE", text);
      batch[Number(Id)]?.reject(error);
    }
    for (const { reject } of batch)
      reject(new ConnectionError("SQS told nothing of it", 1, undefined));
  } catch (error) {
    const text = "it is not known whether SQS has the message";
    for (const { reject } of batch) reject(new ConnectionError(text, 1, error));
  }
}

/** In the order in which they were given, as many as SQS takes at a time. */
function inBatches(messages: readonly Waiting[]): Waiting[][] {
  const batches: Waiting[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const current = batches.at(-1);
    bytes += message.bytes;
    if (current && current.length < maxEntries && bytes <= maxBatchBytes) current.push(message);
    else {
      batches.push([message]);
      bytes = message.bytes;
    }
  }
  return batches;
}

/** Written by hand, since the texts of JSON values are taken as they are. */
function bodyOf({ value, json, text, bytes, ...facts }: QueuedMessage): string {
  const members = Object.entries(facts)
    .filter(([, member]) => member !== undefined && member !== null)
    .map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`);
  return fitForSqs(`{${[...members, contentMember({ value, json, text, bytes })].join(",")}}`);
}

/** SQS carries the characters of XML 1.0 only; those stand in strings, where the escape means the same. */
function fitForSqs(json: string): string {
  return json.replace(
    /[\uFFFE\uFFFF\p{Cs}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

function refusal(
  status: number,
  code: "PAYLOAD_TOO_LARGE_ERROR" | "INVALID_ARGUMENT_ERROR" | "SERVER_UNAVAILABLE",
  message: string,
): HookcastError {
  const facts = { details: [], requestId: undefined, retryAfterMs: undefined, tries: 1 };
  return new HookcastError({ status, code, message, ...facts });
}
