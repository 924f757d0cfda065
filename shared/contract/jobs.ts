import * as z from "zod/mini";
import { Payload } from "./message.ts";
import { StoredEvent } from "./values/event.ts";
import { JobId, MessageId, WebhookId } from "./values/ids.ts";
import { TraceContext } from "./values/publish-headers.ts";
import { ProductId } from "./values/webhook-values.ts";

/** What a message is, wherever it waits: everything that its deliveries need but the value. */
export const MessageMetadata = z.object({
  messageId: MessageId,
  cacheName: z.string(),
  topicName: z.string(),
  event: z.nullable(StoredEvent),
  productId: ProductId,
  contentType: z.string(),
  /** Epoch milliseconds. */
  publishedTimeMs: z.int(),
  /** The publishing key's id, `key_…`. */
  keyId: z.string(),
  /** Counted per topic, only for topics that a webhook of the `momento` format subscribes to. */
  sequenceNumber: z.nullable(z.int()),
  /** How often the message was forwarded before it was published; absent where it never was. */
  hops: z.optional(z.int()),
  /** Only where the deployment has tracing on. */
  trace: z.optional(TraceContext),
});
export type MessageMetadata = z.infer<typeof MessageMetadata>;

/**
 * The body of a delivery, newcomer, slow or retry queue message: one attempt to be made. `payload` is absent when
 * the value is carried by reference and must be read from the messages table.
 */
export const DeliveryJob = z.object({
  v: z.literal(1),
  webhookId: WebhookId,
  webhookName: z.string(),
  /** Raised by each replay, so that an older chain of attempts ends by itself. */
  generation: z.int(),
  /** The attempt to be made, from 1; attempts really made count, receives do not. */
  attempt: z.int(),
  /** The attempt must not be made earlier; epoch milliseconds. Absent on what publish sends. */
  notBeforeMs: z.optional(z.int()),
  /** The wait for `notBeforeMs` is spent in the retry queue: once it comes from there it is time, whatever a clock says. */
  waitsInQueue: z.optional(z.boolean()),
  /** Set on the one attempt of a step by which an open breaker finds out whether to close. */
  isProbe: z.optional(z.boolean()),
  /**
   * Sent since a repair made it due: an older chain of the same delivery may still be under way, and if that delivers
   * it or ends it, this attempt is obsolete.
   */
  onlyWaiting: z.optional(z.boolean()),
  /** When it may be posted, of a webhook with a rate, and the rate for which that was reserved. */
  slot: z.optional(z.object({ timeMs: z.number(), perSecond: z.number() })),
  /** Of a first attempt that was sent on from the delivery queue: where to. */
  lane: z.optional(z.enum(["newcomer", "slow"])),
  message: MessageMetadata,
  payload: z.optional(Payload),
});
export type DeliveryJob = z.infer<typeof DeliveryJob>;

/** A breaker's clock, which travels through the retry queue: it is time for the next step of its webhook. */
export const BreakerTimer = z.object({
  v: z.literal(1),
  webhookId: WebhookId,
  cacheName: z.string(),
  webhookName: z.string(),
  /** Only the latest tick of a webhook counts; copies and old ones do nothing. */
  tick: z.int(),
});
export type BreakerTimer = z.infer<typeof BreakerTimer>;

/** What the delivery, newcomer, slow and retry queues carry. */
export const DeliveryWork = z.union([DeliveryJob, BreakerTimer]);
export type DeliveryWork = z.infer<typeof DeliveryWork>;

/** The body of a fan-out queue message: a message to be sent to the subscribers behind a name. */
export const FanOutJob = z.object({
  v: z.literal(1),
  message: MessageMetadata,
  payload: z.optional(Payload),
  /** The webhook's name to go on behind; absent at the beginning. */
  after: z.optional(z.string()),
});
export type FanOutJob = z.infer<typeof FanOutJob>;

/** The body of a recover queue message: it is time for the next step of a recovery. */
export const RecoveryStep = z.object({
  v: z.literal(1),
  webhookId: WebhookId,
  /** The webhook's; absent on steps that an earlier version sent. */
  cacheName: z.optional(z.string()),
  jobId: JobId,
  /** Only the latest step counts; copies and old ones send nothing. */
  step: z.int(),
});
export type RecoveryStep = z.infer<typeof RecoveryStep>;
