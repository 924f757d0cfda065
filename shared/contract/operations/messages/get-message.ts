import * as z from "zod/mini";
import { messageSummary } from "../../message.ts";
import type { Route } from "../../route.ts";
import { MessageId } from "../../values/ids.ts";
import { CacheName } from "../../values/names.ts";
import * as samples from "../samples.ts";

/** A kept message with its value, which is one of `value`, `text` and `binary` (base64). */
export const GetMessageResponse = z
  .object({
    ...messageSummary,
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
  portal: "open",
  params: z.object({ cacheName: CacheName, messageId: MessageId }),
  statuses: [200],
  refusals: [404],
  response: GetMessageResponse,
  summary: "Get a message",
  description: "The message with its value, until it expires.",
  example: {
    response: {
      ...samples.message,
      value: { amount: 12 },
    },
  },
} as const satisfies Route;
