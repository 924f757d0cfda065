import * as z from "zod/mini";
import { Delivery } from "../../delivery.ts";
import type { Route } from "../../route.ts";
import { MessageId, WebhookId } from "../../values/ids.ts";
import * as samples from "../samples.ts";

export const getDelivery = {
  id: "getDelivery",
  method: "GET",
  path: "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}",
  tag: "webhooks",
  permission: "read",
  params: z.object({ webhookId: WebhookId, messageId: MessageId }),
  statuses: [200],
  refusals: [404],
  response: Delivery,
  summary: "Get a delivery with its attempts",
  description: "One message to one webhook, with every attempt that was made.",
  example: { response: { ...samples.delivery, attempts: [samples.attempt] } },
} as const satisfies Route;
