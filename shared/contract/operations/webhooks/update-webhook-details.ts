import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { EventList } from "../../values/event.ts";
import { WebhookId } from "../../values/ids.ts";
import { ifMatchHeader } from "../../values/preconditions.ts";
import { ProductId } from "../../values/webhook-values.ts";
import { Webhook } from "../../webhook.ts";
import { DetailsConfig } from "../../webhook-config.ts";
import * as samples from "../samples.ts";

/**
 * The Thredd page: every field must be in the body, changed or not. The format and the time-out are ours
 * and may be left out, so that the `config` of a GET can always be sent back as it came.
 */
export const UpdateDetailsBody = z.strictObject({
  productId: ProductId,
  events: EventList,
  config: DetailsConfig,
});
export type UpdateDetailsBody = z.infer<typeof UpdateDetailsBody>;

export const updateWebhookDetails = {
  id: "updateWebhookDetails",
  method: "PUT",
  path: "/api/v1/Webhooks/{webhookId}",
  tag: "webhooks",
  permission: "manage",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  headers: ifMatchHeader,
  body: UpdateDetailsBody,
  statuses: [200],
  refusals: [404, 409, 412],
  response: Webhook,
  returnsVersion: true,
  summary: "Update a webhook's details",
  description:
    "productId, events, config.url and config.customHeaders must be in the body, changed or not, " +
    "so read the details before an update. A URL that was shown with `•••` and is sent back " +
    "unchanged keeps the stored one. Topic, names, status and secret cannot be changed here.",
  example: {
    body: {
      productId: 12345,
      events: [101, 102],
      config: { url: samples.url, customHeaders: samples.headers, maxPerSecond: 5 },
    },
    response: samples.webhook,
  },
} as const satisfies Route;
