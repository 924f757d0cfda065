import * as z from "zod/mini";
import type { Queue } from "../queues/queue.ts";
import { maxDelaySeconds } from "../queues/queue-settings.ts";
import { invalidParameter, sqsError } from "../sqs-error.ts";
import {
  assertAttributes,
  attributesBytes,
  MessageAttribute,
  MessageAttributes,
} from "./message-attributes.ts";

/** One message as SendMessage and an entry of SendMessageBatch bring it. */
export const MessageInput = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.optional(z.int().check(z.minimum(0), z.maximum(maxDelaySeconds))),
  MessageAttributes: z._default(MessageAttributes, {}),
  MessageSystemAttributes: z._default(
    z.object({ AWSTraceHeader: z.optional(MessageAttribute) }),
    {},
  ),
  MessageGroupId: z.optional(z.string().check(z.regex(/^[\w!-/:-@[-`{-~]{1,128}$/))),
});

export type MessageInput = z.infer<typeof MessageInput>;

// SQS carries what XML 1.0 can say: most control characters, U+FFFE, U+FFFF and lone surrogates it does not.
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

export function messageBytes({ MessageBody, MessageAttributes }: MessageInput): number {
  return Buffer.byteLength(MessageBody) + attributesBytes(MessageAttributes);
}

export function assertSendable(queue: Queue, message: MessageInput): void {
  if (message.MessageBody === "") {
    throw sqsError("MissingParameter", "The request must contain the parameter MessageBody.");
  }
  if (forbidden.test(message.MessageBody)) {
    throw sqsError("InvalidMessageContents", "Invalid characters found. Valid unicode is required");
  }
  assertAttributes(message.MessageAttributes);
  const { maximumMessageBytes } = queue.settings;
  if (messageBytes(message) > maximumMessageBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageBytes} bytes.`,
    );
  }
}
