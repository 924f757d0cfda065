import * as z from "zod/mini";
import { CustomHeaders } from "./custom-headers.ts";
import { EventList } from "./event.ts";
import { WebhookId } from "./ids.ts";
import { CacheName, TopicName, WebhookName } from "./names.ts";

export const Format = z.enum(["standard", "raw", "momento", "thredd", "cloudevents"]);
export type Format = z.infer<typeof Format>;

export const WebhookStatus = z.enum(["active", "inactive"]);
export const StatusReason = z.enum(["gone", "failing"]);
export const TimeoutSeconds = z
  .int()
  .check(z.minimum(1, "must be from 1 to 30"), z.maximum(30, "must be from 1 to 30"));
export const ProductId = z.nullable(z.int());

const secretRule = "must be whsec_ and the base64 of 24 to 64 bytes";

/** `whsec_` and the canonical base64 of 24 to 64 bytes. */
export const SecretString = z
  .string()
  .check(
    z.regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, secretRule),
    z.refine(isCanonicalSecret, secretRule),
  );

/** `btoa` and `atob` rather than Buffer: this file also runs in browsers. */
function isCanonicalSecret(text: string): boolean {
  const encoded = text.slice("whsec_".length);
  if (encoded.length % 4 !== 0) return false;
  const bytes = atob(encoded);
  return btoa(bytes) === encoded && bytes.length >= 24 && bytes.length <= 64;
}

const Time = z.iso.datetime({ precision: 0 });
const Destination = z.strictObject({ postUrl: z.string() });

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

/**
 * The Thredd page writes `customHeader` in its answers and `customHeaders` in its requests, so both are
 * accepted; they must agree where both are sent.
 */
const headerFields = {
  customHeader: z.optional(CustomHeaders),
  customHeaders: z.optional(CustomHeaders),
};

function oneHeaderMap(
  config: z.core.ParsePayload<{
    customHeader?: CustomHeaders | undefined;
    customHeaders?: CustomHeaders | undefined;
  }>,
): void {
  const { customHeader, customHeaders } = config.value;
  if (!customHeader || !customHeaders || sameHeaders(customHeader, customHeaders)) return;
  const message = "differs from config.customHeaders; send one of the two";
  config.issues.push({ code: "custom", message, input: config.value, path: ["customHeader"] });
}

function sameHeaders(a: CustomHeaders, b: CustomHeaders): boolean {
  const sorted = (headers: CustomHeaders) => JSON.stringify(Object.entries(headers).sort());
  return sorted(a) === sorted(b);
}

const PutConfig = z
  .strictObject({
    ...headerFields,
    format: z.optional(Format),
    timeoutSeconds: z.optional(TimeoutSeconds),
  })
  .check(oneHeaderMap);

/** The Momento page's webhook object, and optionally what the Thredd page adds to it. */
export const PutWebhookBody = z.strictObject({
  id: z.optional(z.strictObject({ cacheName: z.string(), webhookName: z.string() })),
  destination: Destination,
  topicName: TopicName,
  productId: z.optional(ProductId),
  events: z.optional(EventList),
  config: z.optional(PutConfig),
  secretString: z.optional(SecretString),
});
export type PutWebhookBody = z.infer<typeof PutWebhookBody>;

export const PutWebhookResponse = z.object({
  secretString: z.string(),
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
  secret: z.string(),
  webhookName: WebhookName,
  cacheName: CacheName,
});
export type WebhookSecret = z.infer<typeof WebhookSecret>;
