import * as z from "zod/mini";
import { DeliverySummary } from "../../delivery.ts";
import type { Route } from "../../route.ts";
import { MessageId, WebhookId } from "../../values/ids.ts";
import { CacheName, WebhookName } from "../../values/names.ts";
import { pagingQuery } from "../../values/paging.ts";
import * as samples from "../samples.ts";

const MessageDelivery = z
  .object({
    webhookId: WebhookId,
    id: z.object({ cacheName: CacheName, webhookName: WebhookName }),
    ...DeliverySummary.shape,
  })
  .check(z.meta({ id: "MessageDelivery", description: "A message's delivery, with its webhook." }));
export type MessageDelivery = z.infer<typeof MessageDelivery>;

export const GetMessageDeliveriesResponse = z.object({
  deliveries: z.array(MessageDelivery),
  nextCursor: z.nullable(z.string()),
});
export type GetMessageDeliveriesResponse = z.infer<typeof GetMessageDeliveriesResponse>;

export const getMessageDeliveries = {
  id: "getMessageDeliveries",
  method: "GET",
  path: "/api/v1/caches/{cacheName}/messages/{messageId}/deliveries",
  tag: "messages",
  permission: "read",
  portal: "open",
  params: z.object({ cacheName: CacheName, messageId: MessageId }),
  query: z.strictObject(pagingQuery),
  statuses: [200],
  refusals: [404],
  response: GetMessageDeliveriesResponse,
  summary: "List a message's deliveries",
  description:
    "First the webhooks that its topic has now, by name, then those that have left the topic or " +
    "were deleted, while the message is stored. A delivery without an attempt is pending. A page " +
    "may be short or empty even if there is a cursor.",
  example: {
    response: {
      deliveries: [{ webhookId: samples.webhookId, id: samples.names, ...samples.delivery }],
      nextCursor: null,
    },
  },
} as const satisfies Route;
