import { hash } from "node:crypto";
import * as z from "zod/mini";
import { attributesMd5, MessageAttributes } from "./message-attributes.ts";
import type { Content } from "./message-store.ts";
import { receiptHandle } from "./receipt-handle.ts";
import type { Taken } from "./take-messages.ts";

/** What a receiver asked to see beside the body. */
export interface Wanted {
  systemAttributes: string[];
  messageAttributes: string[];
}

export function receivedMessage(taken: Taken, content: Content, wanted: Wanted): object {
  const attributes = chosen(systemAttributes(taken, content), wanted.systemAttributes);
  const messageAttributes = chosen(attributesOf(content), wanted.messageAttributes);
  return {
    MessageId: taken.entry.messageId,
    ReceiptHandle: receiptHandle(taken.entry, taken.receiveCount),
    MD5OfBody: hash("md5", content.body),
    Body: content.body,
    ...(attributes && { Attributes: attributes }),
    ...(messageAttributes && {
      MD5OfMessageAttributes: attributesMd5(messageAttributes),
      MessageAttributes: messageAttributes,
    }),
  };
}

function systemAttributes({ entry, ...taken }: Taken, content: Content): Record<string, string> {
  return {
    SenderId: content.senderId,
    SentTimestamp: String(entry.sentMs),
    ApproximateReceiveCount: String(taken.receiveCount),
    ApproximateFirstReceiveTimestamp: String(taken.firstReceivedMs),
    ...(entry.groupId !== undefined && { MessageGroupId: entry.groupId }),
    ...(content.traceHeader !== undefined && { AWSTraceHeader: content.traceHeader }),
    ...(content.sourceArn !== undefined && { DeadLetterQueueSourceArn: content.sourceArn }),
  };
}

function attributesOf({ messageAttributes }: Content): MessageAttributes {
  return messageAttributes === undefined
    ? {}
    : z.parse(MessageAttributes, JSON.parse(messageAttributes));
}

/** Those that were asked for by name, by `prefix.*`, or by `All`. */
function chosen<T>(all: Record<string, T>, names: string[]): Record<string, T> | undefined {
  if (names.length === 0) return undefined;
  const everything = names.includes("All") || names.includes(".*");
  const isWanted = (name: string) =>
    everything ||
    names.some((one) => one === name || (one.endsWith(".*") && name.startsWith(one.slice(0, -2))));
  const entries = Object.entries(all).filter(([name]) => isWanted(name));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
