import * as z from "zod/mini";
import { StoredHeaders } from "../../contract/values/custom-headers.ts";
import { StoredEvent } from "../../contract/values/event.ts";
import { WebhookId } from "../../contract/values/ids.ts";
import { type StoredSignature, StoredSignatures } from "../../contract/values/signature-recipe.ts";
import {
  Format,
  ProductId,
  StatusReason,
  WebhookStatus,
} from "../../contract/values/webhook-values.ts";

/** How deliveries are signed, as it was put; an earlier version of the service wrote none of it, and reads none. */
const signing = {
  /** Absent: as the deployment's settings say. */
  signatures: z.optional(StoredSignatures),
  /** False: without `webhook-signature`. */
  standardSignature: z.optional(z.boolean()),
  metaHeaders: z.optional(StoredHeaders),
};

/** What authorizes deliveries at their receiver, without its secret, which is sealed. */
const StoredOAuth2 = z.object({
  /** Another one with each change: a token that was given for what was before is of no use. */
  id: z.string(),
  type: z.literal("oauth2"),
  tokenUrl: z.string(),
  clientId: z.string(),
  scope: z.optional(z.string()),
  audience: z.optional(z.string()),
  clientAuthentication: z.optional(z.enum(["basic", "post"])),
});
export type StoredOAuth2 = z.infer<typeof StoredOAuth2>;
const StoredAuth = z.discriminatedUnion("type", [
  z.object({ id: z.string(), type: z.literal("basic"), username: z.string() }),
  z.object({ id: z.string(), type: z.literal("bearer") }),
  StoredOAuth2,
]);
export type StoredAuth = z.infer<typeof StoredAuth>;

/** By what deliveries identify themselves in the TLS handshake, without the private key, which is sealed. */
const StoredCertificate = z.object({
  /** Another one with each change: no connection that was made with what was before is used again. */
  id: z.string(),
  certificatePem: z.string(),
  caPem: z.optional(z.string()),
  /** Of the certificates of the chain, the first expiry; epoch milliseconds. */
  expiryTimeMs: z.int(),
});
export type StoredCertificate = z.infer<typeof StoredCertificate>;

/**
 * A webhook as it is stored: the truth row. Secrets and header values are sealed; `version` counts its
 * changes, and every write is conditional on it.
 */
export const WebhookRecord = z.object({
  v: z.literal(1),
  webhookId: WebhookId,
  cacheName: z.string(),
  webhookName: z.string(),
  topicName: z.string(),
  url: z.string(),
  productId: ProductId,
  events: z.array(StoredEvent),
  status: WebhookStatus,
  statusReason: z.optional(StatusReason),
  sealedHeaders: z.optional(z.string()),
  /** Of the custom headers, whose values are sealed; an earlier version of the service wrote none. */
  headerNames: z.optional(z.array(z.string())),
  /** Whether deliveries are also signed by the key pair of the cache. */
  asymmetric: z.optional(z.boolean()),
  auth: z.optional(StoredAuth),
  sealedAuth: z.optional(z.string()),
  clientCertificate: z.optional(StoredCertificate),
  sealedClientKey: z.optional(z.string()),
  sealedSecret: z.string(),
  sealedPreviousSecret: z.optional(z.string()),
  /** Until when deliveries also carry a signature of the previous secret; epoch milliseconds. */
  previousSecretUntilMs: z.optional(z.int()),
  format: Format,
  ...signing,
  /** JSON, as it was put. Whatever stands there must not keep others of the topic from their messages. */
  filter: z.optional(z.catch(z.string(), "")),
  timeoutSeconds: z.int(),
  maxPerSecond: z.optional(z.number()),
  createdTimeMs: z.int(),
  lastModifiedTimeMs: z.int(),
  version: z.int(),
});
export type WebhookRecord = z.infer<typeof WebhookRecord>;

/** A webhook's access token as it is stored: sealed, and bound to the auth that it was given for. */
export const TokenRecord = z.object({
  v: z.literal(1),
  webhookId: z.string(),
  cacheName: z.string(),
  authId: z.string(),
  sealedToken: z.optional(z.string()),
  /** Until when the token is used; epoch milliseconds. */
  tokenUntilMs: z.optional(z.int()),
  /** Until when somebody is fetching the next one; epoch milliseconds. */
  leaseUntilMs: z.optional(z.int()),
});
export type TokenRecord = z.infer<typeof TokenRecord>;

/** What fan-out must know of a webhook: the subscription row, kept equal to the truth row by transaction. */
export const Subscription = z.pick(WebhookRecord, {
  webhookId: true,
  webhookName: true,
  productId: true,
  events: true,
  status: true,
  filter: true,
});
export type Subscription = z.infer<typeof Subscription>;

/** The id row: where the webhook is, or that it was deleted. */
export const IdRow = z.object({
  cacheName: z.string(),
  webhookName: z.string(),
  deletedTimeMs: z.optional(z.int()),
  /** The last topic of a deleted webhook; an earlier version of the service wrote none. */
  topicName: z.optional(z.string()),
});
export type IdRow = z.infer<typeof IdRow>;

/**
 * What shapes a webhook's requests, as one version of it had it. Attempts name the version alone, so that the row of a
 * delivery stays small however long the URL is.
 */
export const SettingsVersion = z.object({
  v: z.literal(1),
  version: z.int(),
  url: z.string(),
  format: Format,
  ...signing,
  /** Of the custom headers; not known where an earlier version of the service sealed them. */
  headerNames: z.optional(z.array(z.string())),
  /** Whether requests have an `authorization` header of the webhook's auth. */
  isAuthorized: z.optional(z.boolean()),
  /** When they were set; epoch milliseconds. */
  sinceMs: z.int(),
});
export type SettingsVersion = z.infer<typeof SettingsVersion>;

export function settingsVersionOf(webhook: WebhookRecord): SettingsVersion {
  const { version, url, format, sealedHeaders, lastModifiedTimeMs } = webhook;
  const { signatures, standardSignature, metaHeaders } = webhook;
  const headerNames = webhook.headerNames ?? (sealedHeaders === undefined ? [] : undefined);
  return {
    ...{ v: 1, version, url, format, sinceMs: lastModifiedTimeMs },
    ...(headerNames && { headerNames }),
    ...(signatures && { signatures }),
    ...(standardSignature !== undefined && { standardSignature }),
    ...(metaHeaders && { metaHeaders }),
    ...(webhook.auth && { isAuthorized: true }),
  };
}

/** How deliveries are signed, with the deployment's signatures where the webhook says nothing of its own. */
export function signingOf(
  { signatures, standardSignature, metaHeaders }: SettingsVersion | WebhookRecord,
  usual: readonly StoredSignature[] = [],
) {
  return {
    signatures: signatures ?? usual,
    standardSignature: standardSignature ?? true,
    metaHeaders: metaHeaders ?? {},
  };
}

type Fixed =
  | "webhookId"
  | "cacheName"
  | "webhookName"
  | "createdTimeMs"
  | "lastModifiedTimeMs"
  | "version";

/** The next version of a webhook. The time of its last change never goes back, even where a clock does. */
export function changeWebhook(
  previous: WebhookRecord,
  changes: Partial<Omit<WebhookRecord, Fixed>>,
  nowMs: number,
): WebhookRecord {
  return {
    ...previous,
    ...changes,
    version: previous.version + 1,
    lastModifiedTimeMs: Math.max(previous.lastModifiedTimeMs, nowMs),
  };
}
