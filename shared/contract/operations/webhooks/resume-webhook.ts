import * as z from "zod/mini";
import { WebhookHealth } from "../../health.ts";
import type { Route } from "../../route.ts";
import { WebhookId } from "../../values/ids.ts";

export const resumeWebhook = {
  id: "resumeWebhook",
  method: "POST",
  path: "/api/v1/Webhooks/{webhookId}/resume",
  tag: "webhooks",
  permission: "resend",
  params: z.object({ webhookId: WebhookId }),
  statuses: [202],
  refusals: [404, 409],
  response: WebhookHealth,
  summary: "Send all that waits for a webhook",
  description:
    "For a receiver that works again: forgets the failures, closes the breaker and makes due what waits, each " +
    "delivery as a new generation of attempts, at the rate at which a webhook that recovers gets its deliveries. A " +
    "second call joins the first. What the receiver has asked for with Retry-After still holds. A change of the URL, " +
    "of the settings or of the secret does the same, and so does a test event that is delivered. The answer is the " +
    "webhook's health.",
  example: {
    response: {
      state: "limited",
      since: "2024-01-24T23:20:28Z",
      lastSuccessTime: "2024-01-24T22:05:00Z",
      lastStatusCode: 500,
      lastError: "HTTP 500",
      waiting: 62,
      nextProbeTime: null,
      nextFreeTime: null,
    },
  },
} as const satisfies Route;
