import * as z from "zod/mini";
import { EventList } from "./event.ts";
import { WebhookId } from "./ids.ts";
import { CacheName, TopicName, WebhookName } from "./names.ts";
import { Time } from "./time.ts";

export const Format = z.enum(["standard", "raw", "momento", "thredd", "cloudevents"]);
export type Format = z.infer<typeof Format>;

export const WebhookStatus = z.enum(["active", "inactive"]);
export const StatusReason = z.enum(["gone", "failing"]);
export const TimeoutSeconds = z
  .int()
  .check(z.minimum(1, "must be from 1 to 30"), z.maximum(30, "must be from 1 to 30"));
export const ProductId = z.nullable(z.int());

export const Destination = z.strictObject({ postUrl: z.string() });

/** The webhook as every answer shows it; the secret is never part of it. */
export const Webhook = z.object({
  webhookId: WebhookId,
  id: z.object({ cacheName: CacheName, webhookName: WebhookName }),
  topicName: TopicName,
  destination: Destination,
  productId: ProductId,
  events: EventList,
  webhookStatus: WebhookStatus,
  statusReason: z.optional(StatusReason),
  config: z.object({
    url: z.string(),
    customHeader: z.record(z.string(), z.string()),
    customHeaders: z.record(z.string(), z.string()),
    format: Format,
    timeoutSeconds: TimeoutSeconds,
  }),
  createdTime: Time,
  lastModifiedTime: Time,
});
export type Webhook = z.infer<typeof Webhook>;
