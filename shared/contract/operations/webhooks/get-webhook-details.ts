import * as z from "zod/mini";
import { includeHealth } from "../../health.ts";
import type { Route } from "../../route.ts";
import { WebhookId } from "../../values/ids.ts";
import { ifNoneMatchHeader } from "../../values/preconditions.ts";
import { Webhook } from "../../webhook.ts";
import * as samples from "../samples.ts";

export const getWebhookDetails = {
  id: "getWebhookDetails",
  method: "GET",
  path: "/api/v1/Webhooks/{webhookId}",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  query: z.strictObject({ include: includeHealth }),
  headers: ifNoneMatchHeader,
  statuses: [200, 304],
  refusals: [404],
  response: Webhook,
  returnsVersion: true,
  summary: "Get a webhook's details",
  description:
    "By the unique identifier, which putWebhook returns and listWebhooks shows. Read the details " +
    "before you update the webhook.",
  example: { response: samples.webhook },
} as const satisfies Route;
