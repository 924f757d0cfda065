import * as z from "zod/mini";
import type { Credentials } from "../aws/secrets.ts";
import { callAws } from "../aws-call.ts";
import type { DirectClient } from "../direct/direct-client.mjs";

const strings = z._default(z.record(z.string(), z.string()), {});

const MessageAttribute = z.object({
  DataType: z.string(),
  StringValue: z.optional(z.string()),
  BinaryValue: z.optional(z.string()),
});
export type MessageAttribute = z.infer<typeof MessageAttribute>;

const Message = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: strings,
  MessageAttributes: z._default(z.record(z.string(), MessageAttribute), {}),
});
export type Message = z.infer<typeof Message>;

const Received = z.object({ Messages: z._default(z.array(Message), []) });
const Deleted = z.object({ Failed: z._default(z.array(z.unknown()), []) });

interface QueueClientOptions {
  endpoint: string;
  /** Another way there than HTTP. */
  direct?: DirectClient;
  queueUrl: string;
  credentials: Credentials;
}

/** A queue as a function's event source sees it, with that function's rights. */
export interface QueueClient {
  /** Fails when the function may not read the queue. */
  check: () => Promise<void>;
  receive: (atMost: number, waitSeconds: number, signal: AbortSignal) => Promise<Message[]>;
  delete: (messages: Message[]) => Promise<void>;
}

// What SQS takes and gives at a time.
const maxBatch = 10;

export function openQueue({
  endpoint,
  direct,
  queueUrl,
  credentials,
}: QueueClientOptions): QueueClient {
  const call = (action: string, input: object, signal?: AbortSignal) =>
    callAws(
      {
        endpoint,
        ...(direct && { direct }),
        service: "sqs",
        target: `AmazonSQS.${action}`,
        credentials,
      },
      { QueueUrl: queueUrl, ...input },
      signal,
    );
  return {
    check: async () => {
      await call("GetQueueAttributes", { AttributeNames: ["QueueArn"] });
    },
    receive: async (atMost, waitSeconds, signal) => {
      const input = {
        MaxNumberOfMessages: Math.min(atMost, maxBatch),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      };
      return Received.parse(await call("ReceiveMessage", input, signal)).Messages;
    },
    delete: async (messages) => {
      for (let start = 0; start < messages.length; start += maxBatch) {
        const batch = messages.slice(start, start + maxBatch);
        const Entries = batch.map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle,
        }));
        const { Failed } = Deleted.parse(await call("DeleteMessageBatch", { Entries }));
        if (Failed.length > 0) throw new Error(`not deleted: ${JSON.stringify(Failed)}`);
      }
    },
  };
}
