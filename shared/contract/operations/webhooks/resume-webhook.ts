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
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  statuses: [202],
  refusals: [404, 409],
  response: WebhookHealth,
  summary: "Send everything that waits for a webhook",
  description:
    "For a receiver that works again. It forgets the failures, closes the circuit breaker and " +
    "makes everything that waits due, each delivery as a new series of attempts. Deliveries go " +
    "out at the rate of a webhook that recovers. A second call joins the first. A Retry-After of " +
    "the receiver still holds. A change of the URL, the settings or the secret does the same, " +
    "and so does a delivered test event. Returns the webhook's health.",
  example: {
    response: {
      state: "limited",
      since: "2024-01-24T23:20:28Z",
      lastAttemptTime: "2024-01-24T23:20:27Z",
      lastSuccessTime: "2024-01-24T22:05:00Z",
      lastStatusCode: 500,
      lastError: "HTTP 500",
      waiting: 62,
      nextProbeTime: null,
      nextFreeTime: null,
    },
  },
} as const satisfies Route;
