import * as z from "zod/mini";
import { EventList } from "./values/event.ts";
import { WebhookId } from "./values/ids.ts";
import { CacheName, TopicName, WebhookName } from "./values/names.ts";
import { SecretString } from "./values/secret.ts";
import { Time } from "./values/time.ts";
import { Destination, ProductId, Webhook, WebhookStatus } from "./webhook.ts";
import { DetailsConfig, PutConfig } from "./webhook-config.ts";

/** The Momento page's webhook object, and optionally what the Thredd page adds to it. */
export const PutWebhookBody = z.strictObject({
  id: z.optional(z.strictObject({ cacheName: CacheName, webhookName: WebhookName })),
  destination: Destination,
  topicName: TopicName,
  productId: z.optional(ProductId),
  events: z.optional(EventList),
  config: z.optional(PutConfig),
  secretString: z.optional(SecretString),
});
export type PutWebhookBody = z.infer<typeof PutWebhookBody>;

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

export const UpdateStatusBody = z.strictObject({ webhookStatus: WebhookStatus });

/** The page's sentence in the page's field. */
export const UpdateStatusResponse = z.object({
  webhookId: WebhookId,
  webhookStatus: z.enum(["Webhook is active.", "Webhook is inactive."]),
});
export type UpdateStatusResponse = z.infer<typeof UpdateStatusResponse>;

export const PutWebhookResponse = z.object({
  secretString: SecretString,
  webhookId: WebhookId,
  webhook: Webhook,
});
export type PutWebhookResponse = z.infer<typeof PutWebhookResponse>;

export const ListWebhooksResponse = z.object({
  webhooks: z.array(Webhook),
  nextCursor: z.nullable(z.string()),
});
export type ListWebhooksResponse = z.infer<typeof ListWebhooksResponse>;

export const WebhookSecret = z.object({
  secret: SecretString,
  webhookName: WebhookName,
  cacheName: CacheName,
});
export type WebhookSecret = z.infer<typeof WebhookSecret>;

const hours = "must be from 0 to 168";

export const RotateSecretBody = z.optional(
  z.strictObject({
    graceHours: z.optional(
      z.int("must be an integer").check(z.minimum(0, hours), z.maximum(168, hours)),
    ),
  }),
);

export const RotatedSecret = z.extend(WebhookSecret, { previousSecretExpiresTime: Time });
export type RotatedSecret = z.infer<typeof RotatedSecret>;
