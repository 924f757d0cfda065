import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { EventList } from "../../values/event.ts";
import { CacheName, TopicName, WebhookName } from "../../values/names.ts";
import { AnySecret } from "../../values/secret.ts";
import { ProductId } from "../../values/webhook-values.ts";
import { Destination } from "../../webhook.ts";
import { CreateConfig } from "../../webhook-config.ts";
import * as samples from "../samples.ts";
import { PutWebhookResponse } from "./put-webhook.ts";

/** The topic of a webhook that is created without one. */
export const defaultTopicName = "default";

/** Both pages' fields, mixed as one likes: the Thredd page's own body is enough. */
export const CreateWebhookBody = z.strictObject({
  id: z.optional(
    z.strictObject({ cacheName: z.optional(CacheName), webhookName: z.optional(WebhookName) }),
  ),
  destination: z.optional(Destination),
  topicName: z.optional(TopicName),
  productId: z.optional(ProductId),
  events: z.optional(EventList),
  config: z.optional(CreateConfig),
  secretString: z.optional(AnySecret),
});
export type CreateWebhookBody = z.infer<typeof CreateWebhookBody>;

export const createWebhook = {
  id: "createWebhook",
  method: "POST",
  path: "/api/v1/Webhooks",
  tag: "webhooks",
  permission: "manage",
  portal: "open",
  params: z.object({}),
  body: CreateWebhookBody,
  statuses: [201],
  refusals: [409],
  response: PutWebhookResponse,
  returnsVersion: true,
  returnsSecret: true,
  summary: "Create a webhook",
  description:
    "Only the URL is required, in config.url or destination.postUrl. id.cacheName is required if " +
    "the key covers several caches. id.webhookName is the new webhookId by default, and " +
    "topicName is `default`. A name that is in use is refused with 409. Store the secretString " +
    "safely: receivers verify deliveries with it. A cache can have webhooksPerCache webhooks, " +
    "and one more is refused with 429.",
  example: {
    body: {
      productId: 12345,
      events: [101, 102],
      config: { url: samples.url, customHeaders: samples.headers },
    },
    response: {
      secretString: samples.secret,
      webhookId: samples.webhookId,
      webhook: {
        ...samples.webhook,
        id: { ...samples.names, webhookName: samples.webhookId },
        topicName: defaultTopicName,
      },
    },
  },
} as const satisfies Route;
