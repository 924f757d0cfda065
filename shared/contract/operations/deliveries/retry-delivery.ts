import * as z from "zod/mini";
import { Held } from "../../health.ts";
import type { Route } from "../../route.ts";
import { MessageId, WebhookId } from "../../values/ids.ts";
import { HopHeaders } from "../../values/publish-headers.ts";
import * as samples from "../samples.ts";

export const RetryDeliveryResponse = z.object({ messageId: MessageId, held: Held });
export type RetryDeliveryResponse = z.infer<typeof RetryDeliveryResponse>;

export const retryDelivery = {
  id: "retryDelivery",
  method: "POST",
  path: "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}/retry",
  tag: "webhooks",
  permission: "resend",
  portal: "open",
  params: z.object({ webhookId: WebhookId, messageId: MessageId }),
  headers: HopHeaders,
  statuses: [202],
  refusals: [404, 409],
  response: RetryDeliveryResponse,
  summary: "Send a delivery again",
  description:
    "Enqueues it now as a new series of attempts, whatever its status. An older series of the " +
    "same delivery ends by itself. While the webhook's circuit breaker is open, it is the probe: " +
    "if it is delivered, everything that waits follows.",
  example: { response: { messageId: samples.messageId } },
} as const satisfies Route;
