import type { DeliveryJob } from "../../contract/jobs.ts";
import type { AttemptRecord, DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { needsLease } from "../../domain/attempts/lease.ts";
import type { Step } from "../../domain/attempts/next-step.ts";
import { expiryOf } from "../../domain/messages/retention.ts";

/** How the delivery stands after the step, and after the attempt where one was made. */
export function deliveryRecord(
  job: DeliveryJob,
  attempt: AttemptRecord | null,
  step: Step,
  retentionDays: number,
): DeliveryRecord {
  const { message, webhookId, generation } = job;
  const attemptCount = attempt ? job.attempt : job.attempt - 1;
  return {
    v: 1,
    webhookId,
    messageId: message.messageId,
    topicName: message.topicName,
    event: message.event,
    status: statusAfter(step, attemptCount),
    generation,
    attemptCount,
    publishedTimeMs: message.publishedTimeMs,
    lastAttemptTimeMs: attempt?.timeMs ?? null,
    nextAttemptTimeMs: step.kind === "retry" ? step.timeMs : null,
    error: step.kind === "failed" ? step.error : null,
    firstAttempt: needsLease(job) ? null : attempt,
    ...(needsLease(job) && { leaseUntilMs: null }),
    expiresAt: expiryOf(message.publishedTimeMs, retentionDays),
  };
}

function statusAfter(step: Step, attemptCount: number): DeliveryRecord["status"] {
  if (step.kind !== "retry") return step.kind;
  return attemptCount === 0 ? "pending" : "retrying";
}
