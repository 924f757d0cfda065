import type { DeliveryJob } from "../contract/delivery.ts";
import type { AttemptRecord, DeliveryRecord } from "../domain/delivery-record.ts";
import type { Step } from "../domain/next-step.ts";
import { expiryOf } from "../domain/retention.ts";
import type { RetryQueue } from "../queue/delivery-queue.ts";
import { errorFields, log } from "../runtime/logger.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";
import type { Recorder } from "./recorder.ts";

export interface SettleDeps {
  readonly deliveries: Pick<DeliveryStore, "record">;
  readonly recorder: Recorder;
  readonly retries: RetryQueue;
  readonly retentionDays: number;
}

/**
 * Stores what follows from an attempt (null when none was made). The next step is stored before the log:
 * once it is, a log row that could not be written must not bring the attempt back.
 */
export async function settle(
  job: DeliveryJob,
  attempt: AttemptRecord | null,
  step: Step,
  deps: SettleDeps,
): Promise<void> {
  const record = deliveryRecord(job, attempt, step, deps.retentionDays);
  switch (step.kind) {
    case "delivered":
      if (job.attempt === 1 && job.generation === 1) return deps.recorder.add(record);
      return logged(() => deps.deliveries.record(record, attempt), record);
    case "retry":
      await deps.retries.send({ ...job, attempt: job.attempt + 1 }, step.delaySeconds);
      return logged(() => deps.deliveries.record(record, attempt), record);
    case "failed":
      return deps.deliveries.record(record, attempt);
  }
}

async function logged(write: () => Promise<void>, record: DeliveryRecord): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { webhookId, messageId } = record;
    log("error", "delivery.unrecorded", { webhookId, messageId, ...errorFields(error) });
  }
}

function deliveryRecord(
  job: DeliveryJob,
  attempt: AttemptRecord | null,
  step: Step,
  retentionDays: number,
): DeliveryRecord {
  const { message, webhookId, generation } = job;
  return {
    v: 1,
    webhookId,
    messageId: message.messageId,
    topicName: message.topicName,
    event: message.event,
    status: step.kind === "retry" ? "retrying" : step.kind,
    generation,
    attemptCount: attempt ? job.attempt : job.attempt - 1,
    publishedTimeMs: message.publishedTimeMs,
    lastAttemptTimeMs: attempt?.timeMs ?? null,
    nextAttemptTimeMs: step.kind === "retry" ? step.timeMs : null,
    error: step.kind === "failed" ? step.error : null,
    firstAttempt: job.attempt === 1 ? attempt : null,
    expiresAt: expiryOf(message.publishedTimeMs, retentionDays),
  };
}
