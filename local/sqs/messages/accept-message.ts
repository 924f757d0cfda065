import { hash, randomUUID } from "node:crypto";
import type { Entry } from "../actions/entry.ts";
import type { Broker } from "../broker.ts";
import type { Queue } from "../queues/queue.ts";
import { attributesMd5 } from "./message-attributes.ts";
import { assertSendable, type MessageInput } from "./message-input.ts";

/** Takes a message into the queue; the caller answers once the journal has committed. */
export function acceptMessage(
  broker: Broker,
  queue: Queue,
  message: MessageInput,
  senderId: string,
): object {
  assertSendable(queue, message);
  const { MessageBody, MessageAttributes, MessageSystemAttributes } = message;
  const nowMs = broker.now();
  const delayMs = (message.DelaySeconds ?? queue.settings.delaySeconds) * 1000;
  const entry: Entry = {
    id: broker.nextId(),
    messageId: randomUUID(),
    groupId: message.MessageGroupId,
    state: delayMs > 0 ? "delayed" : "ready",
    sentMs: nowMs,
    visibleMs: nowMs + delayMs,
    receiveCount: 0,
    firstReceivedMs: undefined,
  };
  const hasAttributes = Object.keys(MessageAttributes).length > 0;
  queue.add(entry);
  broker.messages.insert(queue.name, entry, {
    body: MessageBody,
    messageAttributes: hasAttributes ? JSON.stringify(MessageAttributes) : undefined,
    senderId,
    traceHeader: MessageSystemAttributes.AWSTraceHeader?.StringValue,
    sourceArn: undefined,
  });
  broker.notifyWaiting(queue);
  return {
    MessageId: entry.messageId,
    MD5OfMessageBody: hash("md5", MessageBody),
    ...(hasAttributes && { MD5OfMessageAttributes: attributesMd5(MessageAttributes) }),
  };
}
