import * as z from "zod/mini";
import { StoredEvent } from "../../contract/values/event.ts";

/** One HTTP try, as it is logged. */
export const AttemptRecord = z.object({
  attempt: z.int(),
  /** When it began; epoch milliseconds. */
  timeMs: z.int(),
  statusCode: z.nullable(z.int()),
  latencyMs: z.int(),
  error: z.nullable(z.string()),
  responseBody: z.string(),
});
export type AttemptRecord = z.infer<typeof AttemptRecord>;

/** How a delivery stands: one message to one webhook. The first attempt is kept in the same row. */
export const DeliveryRecord = z.object({
  v: z.literal(1),
  webhookId: z.string(),
  messageId: z.string(),
  topicName: z.string(),
  event: z.nullable(StoredEvent),
  /** `pending` when it was parked before its first attempt. */
  status: z.enum(["pending", "delivered", "retrying", "failed"]),
  generation: z.int(),
  /** Attempts made so far. */
  attemptCount: z.int(),
  publishedTimeMs: z.int(),
  lastAttemptTimeMs: z.nullable(z.int()),
  nextAttemptTimeMs: z.nullable(z.int()),
  /** Why the delivery ended without one more attempt, where the last attempt does not say it. */
  error: z.nullable(z.string()),
  firstAttempt: z.nullable(AttemptRecord),
  /** Until when a function holds the right to make the next attempt; absent or past when it is free. */
  leaseUntilMs: z.optional(z.nullable(z.int())),
  /** Names who took the lease, so that a holder whose answer was lost knows its own. */
  leaseOwner: z.optional(z.string()),
  /** How often an attempt was begun that had come back again and again; absent for all others. */
  starts: z.optional(z.object({ generation: z.int(), attempt: z.int(), count: z.int() })),
  /** Epoch seconds. */
  expiresAt: z.int(),
});
export type DeliveryRecord = z.infer<typeof DeliveryRecord>;

/** What a list needs of it. */
export const SummaryRecord = z.omit(DeliveryRecord, {
  firstAttempt: true,
  leaseUntilMs: true,
  leaseOwner: true,
  starts: true,
});
export type SummaryRecord = z.infer<typeof SummaryRecord>;
