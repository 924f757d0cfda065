import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { WebhookId } from "../../values/ids.ts";
import { ifMatchHeader } from "../../values/preconditions.ts";
import { WebhookStatus } from "../../values/webhook-values.ts";
import * as samples from "../samples.ts";

const UpdateStatusBody = z.strictObject({ webhookStatus: WebhookStatus });

/** The page's sentence in the page's field. */
export const UpdateStatusResponse = z.object({
  webhookId: WebhookId,
  webhookStatus: z.enum(["Webhook is active.", "Webhook is inactive."]),
});
export type UpdateStatusResponse = z.infer<typeof UpdateStatusResponse>;

export const updateWebhookStatus = {
  id: "updateWebhookStatus",
  method: "PUT",
  path: "/api/v1/Webhooks/{webhookId}/status",
  tag: "webhooks",
  permission: "manage",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  headers: ifMatchHeader,
  body: UpdateStatusBody,
  statuses: [200],
  refusals: [404, 409, 412],
  response: UpdateStatusResponse,
  returnsVersion: true,
  summary: "Activate or deactivate a webhook",
  description:
    "While a webhook is inactive, messages are neither delivered to it nor queued, and waiting " +
    "deliveries become failed.",
  example: {
    body: { webhookStatus: "inactive" },
    response: { webhookId: samples.webhookId, webhookStatus: "Webhook is inactive." },
  },
} as const satisfies Route;
