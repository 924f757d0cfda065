import * as z from "zod/mini";
import { IdempotencyKey, PublishResponse } from "../../message.ts";
import type { Route } from "../../route.ts";
import { EventInQuery } from "../../values/event.ts";
import { CacheName, TopicName } from "../../values/names.ts";
import { HopHeaders, TraceHeaders } from "../../values/publish-headers.ts";
import { WholeNumber } from "../../values/webhook-values.ts";
import * as samples from "../samples.ts";

const wholeNumber = /^-?[0-9]+$/;

/** Filters by which subscribers are chosen. */
const PublishQuery = z.strictObject({
  event: z.optional(EventInQuery),
  productId: z.optional(
    z
      .pipe(
        z.transform((text: unknown) => (wholeNumber.test(String(text)) ? Number(text) : text)),
        WholeNumber,
      )
      .check(
        z.describe("The product of the message. Webhooks of other products do not receive it."),
      ),
  ),
  raw: z.optional(
    z
      .pipe(
        z.transform((text: unknown) => (text === "true" ? true : text === "false" ? false : text)),
        z.boolean("must be true or false"),
      )
      .check(
        z.describe(
          "Accept a body of the type `application/x-www-form-urlencoded` as bytes. Without it the " +
            "answer is 415, because many clients send this type by default.",
        ),
      ),
  ),
});

const PublishHeaders = z.extend(TraceHeaders, {
  "content-type": z.optional(
    z.string().check(z.regex(/^[\x20-\x7e]{0,255}$/, "must be at most 255 ASCII characters")),
  ),
  "idempotency-key": z.optional(IdempotencyKey),
  ...HopHeaders.shape,
});

export const publish = {
  id: "publish",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/topics/{topicName}",
  tag: "messages",
  permission: "publish",
  portal: "closed",
  params: z.object({ cacheName: CacheName, topicName: TopicName }),
  query: PublishQuery,
  headers: PublishHeaders,
  body: "bytes",
  statuses: [202],
  refusals: [409, 415],
  response: PublishResponse,
  summary: "Publish a message to a topic",
  description:
    "The request body is the value. It is delivered byte for byte to every active webhook of the " +
    "topic whose events and productId match. Topics that begin with `$` are refused.",
  example: { response: { messageId: samples.messageId } },
} as const satisfies Route;
