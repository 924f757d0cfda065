import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName, WebhookName } from "../../values/names.ts";
import { ifMatchHeader } from "../../values/preconditions.ts";

export const deleteWebhook = {
  id: "deleteWebhook",
  method: "DELETE",
  path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}",
  tag: "webhooks",
  permission: "manage",
  portal: "open",
  params: z.object({ cacheName: CacheName, webhookName: WebhookName }),
  headers: ifMatchHeader,
  statuses: [200],
  refusals: [404, 409, 412],
  response: z.object({}),
  summary: "Delete a webhook",
  description:
    "A deleted webhook is no longer active. Messages for it are ignored, and waiting deliveries " +
    "are never sent.",
  example: { response: {} },
} as const satisfies Route;
