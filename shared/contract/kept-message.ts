import * as z from "zod/mini";
import { EventCode } from "./values/event.ts";
import { MessageId } from "./values/ids.ts";
import { CacheName, TopicName } from "./values/names.ts";
import { Time } from "./values/time.ts";

/** A kept message with its value, which is one of `value`, `text` and `binary` (base64). */
export const GetMessageResponse = z
  .object({
    messageId: MessageId,
    cacheName: CacheName,
    topicName: TopicName,
    event: z.nullable(EventCode),
    productId: z.nullable(z.int()),
    contentType: z.string(),
    publishedTime: Time,
    expiresTime: Time,
    value: z.optional(z.unknown()),
    text: z.optional(z.string()),
    binary: z.optional(z.string().check(z.meta({ contentEncoding: "base64" }))),
  })
  .check(
    z.meta({
      id: "Message",
      description: "A message with its value, which is one of `value`, `text` and `binary`.",
    }),
  );
export type GetMessageResponse = z.infer<typeof GetMessageResponse>;
