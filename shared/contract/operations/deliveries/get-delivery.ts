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
  portal: "open",
  params: z.object({ webhookId: WebhookId, messageId: MessageId }),
  statuses: [200],
  refusals: [404],
  response: Delivery,
  summary: "Get a delivery with its attempts",
  description:
    "One message to one webhook, with the request and the answer of every attempt. A body that " +
    'is not text is in base64, marked with `"requestBodyEncoding": "base64"`.',
  example: {
    response: {
      ...samples.delivery,
      requestBody:
        '{"type":"101","timestamp":"2024-01-24T18:20:28Z","data":{"total":12345678901234567890}}',
      rendered: "as-sent",
      attempts: [samples.attempt],
    },
  },
} as const satisfies Route;
