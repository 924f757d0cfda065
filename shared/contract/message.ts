import * as z from "zod/mini";
import { EventCode } from "./values/event.ts";
import { MessageId } from "./values/ids.ts";
import { CacheName, TopicName } from "./values/names.ts";
import { Time } from "./values/time.ts";

/** A published value: JSON keeps its own text, so that numbers of any size, key order and spacing survive. */
export const Payload = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("json"), text: z.string() }),
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("binary"), base64: z.string() }),
]);
export type Payload = z.infer<typeof Payload>;

/** What is told of a kept message beside its value. */
export const messageSummary = {
  messageId: MessageId,
  cacheName: CacheName,
  topicName: TopicName,
  event: z.nullable(EventCode),
  productId: z.nullable(z.int()),
  contentType: z.string(),
  publishedTime: Time,
  expiresTime: Time,
};

export const MessageSummary = z
  .object(messageSummary)
  .check(z.meta({ id: "MessageSummary", description: "A message without its value." }));
export type MessageSummary = z.infer<typeof MessageSummary>;

export const maxMessageBytes = 262_144;

export const IdempotencyKey = z
  .string()
  .check(
    z.regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible characters"),
    z.describe(
      "A publish with the same key within 24 hours returns the same messageId and sends nothing.",
    ),
  );

export const PublishResponse = z.object({ messageId: MessageId });
export type PublishResponse = z.infer<typeof PublishResponse>;
