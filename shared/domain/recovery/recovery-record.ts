import * as z from "zod/mini";
import {
  type Recovery,
  RecoveryMode,
  RecoveryState,
  StatusClass,
} from "../../contract/recovery.ts";
import { StoredEvent } from "../../contract/values/event.ts";
import { isoTime } from "../../contract/values/time.ts";
import { IdWindow } from "../ids.ts";

/** A delivery that the next step is to send. */
export const PlannedDelivery = z.object({ messageId: z.string(), generation: z.int() });
export type PlannedDelivery = z.infer<typeof PlannedDelivery>;

/** What a recovery is narrowed down to; each absent where it is not, as on jobs of earlier versions. */
export const RecoveryFilter = z.object({
  messageIds: z.optional(z.array(z.string())),
  event: z.optional(StoredEvent),
  statusClass: z.optional(StatusClass),
  /** To the topics of a portal session: a webhook's log may hold deliveries of a topic that it has left. */
  session: z.optional(z.object({ topics: z.optional(z.array(z.string())) })),
});
export type RecoveryFilter = z.infer<typeof RecoveryFilter>;

/** How far a recovery is. Every step is conditional on the one before it. */
export const RecoveryRecord = z.extend(RecoveryFilter, {
  v: z.literal(1),
  jobId: z.string(),
  webhookId: z.string(),
  mode: RecoveryMode,
  dryRun: z.boolean(),
  /** How often the request was forwarded that began it; absent where it was not. */
  hops: z.optional(z.int()),
  state: RecoveryState,
  /** Counts the steps taken. */
  step: z.int(),
  /** What has not been looked through yet. */
  window: IdWindow,
  /** Found by the last step and sent by the next: a step that is repeated sends the very same. */
  plan: z.array(PlannedDelivery),
  matched: z.int(),
  enqueued: z.int(),
  startedTimeMs: z.int(),
  /** When a step was taken last; absent before the first, and where an earlier version took it. */
  progressTimeMs: z.optional(z.int()),
  endedTimeMs: z.nullable(z.int()),
  /** Epoch seconds. */
  expiresAt: z.int(),
});
export type RecoveryRecord = z.infer<typeof RecoveryRecord>;

export function presentRecovery(record: RecoveryRecord): Recovery {
  const { state, matched, enqueued, dryRun, startedTimeMs, endedTimeMs } = record;
  return {
    state,
    matched,
    enqueued,
    ...(dryRun && { dryRun }),
    startedTime: isoTime(startedTimeMs),
    endedTime: endedTimeMs === null ? null : isoTime(endedTimeMs),
  };
}
