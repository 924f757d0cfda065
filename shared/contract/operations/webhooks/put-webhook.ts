import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { EventList } from "../../values/event.ts";
import { WebhookId } from "../../values/ids.ts";
import { CacheName, TopicName, WebhookName } from "../../values/names.ts";
import { ifMatchHeader } from "../../values/preconditions.ts";
import { AnySecret } from "../../values/secret.ts";
import { ProductId } from "../../values/webhook-values.ts";
import { Destination, Webhook } from "../../webhook.ts";
import { PutConfig } from "../../webhook-config.ts";
import * as samples from "../samples.ts";

/** The Momento page's webhook object, and optionally what the Thredd page adds to it. */
export const PutWebhookBody = z.strictObject({
  id: z.optional(z.strictObject({ cacheName: CacheName, webhookName: WebhookName })),
  destination: Destination,
  topicName: TopicName,
  productId: z.optional(ProductId),
  events: z.optional(EventList),
  config: z.optional(PutConfig),
  secretString: z.optional(AnySecret),
});
export type PutWebhookBody = z.infer<typeof PutWebhookBody>;

export const PutWebhookResponse = z.object({
  secretString: AnySecret,
  webhookId: WebhookId,
  webhook: Webhook,
});
export type PutWebhookResponse = z.infer<typeof PutWebhookResponse>;

export const putWebhook = {
  id: "putWebhook",
  method: "PUT",
  path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}",
  tag: "webhooks",
  permission: "manage",
  portal: "open",
  params: z.object({ cacheName: CacheName, webhookName: WebhookName }),
  headers: ifMatchHeader,
  body: PutWebhookBody,
  statuses: [200, 201],
  refusals: [409, 412],
  response: PutWebhookResponse,
  returnsVersion: true,
  returnsSecret: true,
  summary: "Create or replace a webhook",
  description:
    "Creates the webhook, or replaces its topic, its URL and the other fields that you send. " +
    "Store the secretString safely: receivers verify deliveries with it. A cache can have " +
    "webhooksPerCache webhooks, ten of them for the topic `$hookcast`, and one more is refused " +
    "with 429.",
  example: {
    body: {
      id: samples.names,
      destination: { postUrl: samples.url },
      topicName: "paid",
      config: { maxPerSecond: 5 },
    },
    response: {
      secretString: samples.secret,
      webhookId: samples.webhookId,
      webhook: samples.webhook,
    },
  },
} as const satisfies Route;
