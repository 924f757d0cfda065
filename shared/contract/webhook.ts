import * as z from "zod/mini";
import { WebhookHealth } from "./health.ts";
import { EventList } from "./values/event.ts";
import { WebhookId } from "./values/ids.ts";
import { CacheName, TopicName, WebhookName } from "./values/names.ts";
import { StoredSignatures } from "./values/signature-recipe.ts";
import { Time } from "./values/time.ts";
import { Format, ProductId, StatusReason, WebhookStatus } from "./values/webhook-values.ts";

/** Whether an operator has stopped a cache. */
const CacheStatus = z
  .enum(["active", "suspended"])
  .check(
    z.meta({ id: "CacheStatus", description: "Whether an operator has suspended the cache." }),
  );

/** Part of responses about a cache while it is stopped, and absent otherwise. */
export const ShownCacheStatus = z
  .optional(z.literal("suspended"))
  .check(z.describe("Only present while the cache is suspended and publishes are refused."));

export const CacheStatusResponse = z.object({ cacheName: CacheName, cacheStatus: CacheStatus });
export type CacheStatusResponse = z.infer<typeof CacheStatusResponse>;

export const TimeoutSeconds = z
  .int()
  .check(
    z.minimum(1, "must be from 1 to 30"),
    z.maximum(30, "must be from 1 to 30"),
    z.describe("How long one attempt may take, from the DNS lookup to the last byte."),
  );
const rates = "must be from 0.1 to 1000";
export const MaxPerSecond = z
  .number()
  .check(
    z.minimum(0.1, rates),
    z.maximum(1_000, rates),
    z.describe(
      "The most POSTs a second that the receiver gets; others wait. Absent without a limit.",
    ),
  );
export const StandardSignature = z
  .boolean()
  .check(z.describe("Whether deliveries carry `webhook-signature`. Absent means true."));
export const Asymmetric = z
  .boolean()
  .check(
    z.describe(
      "Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which anyone can verify with getPublicKeys. Absent means false.",
    ),
  );
/**
 * A host behind two slashes, no user info, fragment, back slash, space or control character. Which hosts and whether
 * http may be is the deployment's to say, and checked by the domain with all the rest.
 */
const urlPattern =
  "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\\\\\s\\x00-\\x1f\\x7f-\\x9f]+([/?][^#\\\\\\s\\x00-\\x1f\\x7f-\\x9f]*)?$";
const description =
  "An https URL, with two slashes before the host, and without user info, fragment and " +
  "backslash.";
export const Url = z.string().check(z.meta({ description, maxLength: 2048, pattern: urlPattern }));

export const Destination = z
  .strictObject({ postUrl: Url })
  .check(z.meta({ id: "WebhookDestination", description: "The URL that messages are posted to." }));

const ShownHeaders = z
  .record(z.string(), z.string())
  .check(
    z.describe(
      "The custom headers. Keys with `manage` or `secret` see the values, others see `•••`.",
    ),
  );

const ShownSignatures = StoredSignatures.check(
  z.describe("As they were put. If absent, the deployment's setting applies."),
);
const ShownMetaHeaders = z
  .record(z.string(), z.string())
  .check(z.describe("Names and templates of the headers about each delivery."));
const ShownFilter = z
  .record(z.string(), z.unknown())
  .check(z.describe("Which messages are delivered, as it was put. Absent means all."));

const hidden = z.literal("•••");
/** The same object as a put takes, with `•••` for its secret, whoever asks. */
const ShownAuth = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("basic"), username: z.string(), password: hidden }),
    z.object({ type: z.literal("bearer"), token: hidden }),
    z.object({
      type: z.literal("oauth2"),
      tokenUrl: z.string(),
      clientId: z.string(),
      clientSecret: hidden,
      scope: z.optional(z.string()),
      audience: z.optional(z.string()),
      clientAuthentication: z.optional(z.enum(["basic", "post"])),
    }),
  ])
  .check(
    z.meta({
      id: "ShownDestinationAuth",
      description: "What authorizes deliveries at their receiver. No key sees its secret.",
    }),
  );

/** The same object as a put takes, with `•••` for its private key, whoever asks. */
const ShownCertificate = z
  .object({
    certificatePem: z.string(),
    privateKeyPem: hidden,
    caPem: z.optional(z.string()),
  })
  .check(
    z.meta({
      id: "ShownClientCertificate",
      description: "The client certificate of deliveries. No key sees its private key.",
    }),
  );

/** The webhook as every response shows it; the secret is never part of it. */
export const Webhook = z
  .object({
    webhookId: WebhookId,
    id: z.object({ cacheName: CacheName, webhookName: WebhookName }),
    topicName: TopicName,
    destination: Destination,
    productId: ProductId,
    events: EventList,
    webhookStatus: WebhookStatus,
    statusReason: z.optional(StatusReason),
    cacheStatus: ShownCacheStatus,
    config: z.object({
      url: Url,
      customHeader: ShownHeaders,
      customHeaders: ShownHeaders,
      format: Format,
      timeoutSeconds: TimeoutSeconds,
      maxPerSecond: z.optional(MaxPerSecond),
      signatures: z.optional(ShownSignatures),
      standardSignature: z.optional(StandardSignature),
      asymmetric: z.optional(Asymmetric),
      metaHeaders: z.optional(ShownMetaHeaders),
      filter: z.optional(ShownFilter),
      auth: z.optional(ShownAuth),
      clientCertificate: z.optional(ShownCertificate),
    }),
    createdTime: Time,
    lastModifiedTime: Time,
    health: z.optional(WebhookHealth),
  })
  .check(
    z.meta({
      id: "Webhook",
      description:
        "A webhook, without its secret. Keys with neither `manage` nor `secret` see `•••` instead of " +
        "header values, and instead of a URL's query and its path below the first segment.",
    }),
  );
export type Webhook = z.infer<typeof Webhook>;
