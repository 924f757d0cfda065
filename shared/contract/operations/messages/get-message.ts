import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { EventCode } from "../../values/event.ts";
import { MessageId } from "../../values/ids.ts";
import { CacheName, TopicName } from "../../values/names.ts";
import { Time } from "../../values/time.ts";
import * as samples from "../samples.ts";

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

export const getMessage = {
  id: "getMessage",
  method: "GET",
  path: "/api/v1/caches/{cacheName}/messages/{messageId}",
  tag: "messages",
  permission: "read",
  params: z.object({ cacheName: CacheName, messageId: MessageId }),
  statuses: [200],
  refusals: [404],
  response: GetMessageResponse,
  summary: "Get a message",
  description: "The message with its value, until it expires.",
  example: {
    response: {
      messageId: samples.messageId,
      cacheName: "orders",
      topicName: "paid",
      event: 101,
      productId: null,
      contentType: "application/json",
      publishedTime: "2024-01-24T18:20:28Z",
      expiresTime: "2024-02-23T18:20:28Z",
      value: { amount: 12 },
    },
  },
} as const satisfies Route;
