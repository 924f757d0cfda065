import * as z from "zod/mini";
import { ErrorEnvelope } from "../../errors.ts";
import { Held } from "../../health.ts";
import type { Route } from "../../route.ts";
import { MessageId, WebhookId } from "../../values/ids.ts";
import { CacheName } from "../../values/names.ts";
import { HopHeaders } from "../../values/publish-headers.ts";
import * as samples from "../samples.ts";

const sizes = "must hold 1 to 100 ids";

const RetryMessageBody = z.strictObject({
  webhookIds: z
    .array(WebhookId)
    .check(
      z.minLength(1, sizes),
      z.maxLength(100, sizes),
      z.describe("The webhooks that it is sent to again."),
    ),
});

const RetryResult = z
  .object({
    webhookId: WebhookId,
    held: Held,
    error: z.optional(
      ErrorEnvelope.shape.error.check(z.describe("Why it is not sent to this webhook again.")),
    ),
  })
  .check(
    z.meta({ id: "RetryResult", description: "What became of a message's retry at a webhook." }),
  );

export const RetryMessageResponse = z.object({ results: z.array(RetryResult) });
export type RetryMessageResponse = z.infer<typeof RetryMessageResponse>;

export const retryMessage = {
  id: "retryMessage",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/messages/{messageId}/retry",
  tag: "messages",
  permission: "resend",
  portal: "open",
  params: z.object({ cacheName: CacheName, messageId: MessageId }),
  headers: HopHeaders,
  body: RetryMessageBody,
  statuses: [202],
  refusals: [404, 409],
  response: RetryMessageResponse,
  summary: "Send a message to several webhooks again",
  description:
    "Does what retryDelivery does, for up to 100 webhooks at once. One result for each webhook, in order. " +
    "One that is unknown or inactive, or has no delivery of the message, is refused alone: its result has " +
    "the error.",
  example: {
    body: { webhookIds: [samples.webhookId] },
    response: { results: [{ webhookId: samples.webhookId }] },
  },
} as const satisfies Route;
