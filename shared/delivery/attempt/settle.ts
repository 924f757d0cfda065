import type { DeliveryJob } from "../../contract/jobs.ts";
import type { AttemptRecord, DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { needsLease } from "../../domain/attempts/lease.ts";
import type { Step } from "../../domain/attempts/next-step.ts";
import { traceIdOf } from "../../domain/requests/trace-context.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import { measure } from "../../runtime/metrics.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";
import type { Announcer } from "../events/announcer.ts";
import { deliveryRecord } from "./delivery-record.ts";
import type { Recorder } from "./recorder.ts";
import type { RetryScheduler } from "./retry-scheduler.ts";

export interface SettleDeps {
  readonly deliveries: Pick<DeliveryStore, "record">;
  readonly recorder: Recorder;
  /** Whether the attempt may have been made before; then a newer state must not be written over. */
  readonly isRepeat: boolean;
  readonly retryScheduler: RetryScheduler;
  readonly announcer: Pick<Announcer, "failed">;
  readonly retentionDays: number;
  /** Whether a success at the first attempt is worth a row; what was recorded before is always brought up to date. */
  readonly logsSuccesses: boolean;
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
  const traceId = traceIdOf(job.message);
  switch (step.kind) {
    case "delivered":
      measure("Delivered", 1);
      if (!needsLease(job) && !deps.isRepeat) {
        return deps.logsSuccesses ? deps.recorder.add(record, traceId) : undefined;
      }
      return logged(() => deps.deliveries.record(record, attempt), record, traceId);
    case "retry":
      await deps.retryScheduler.schedule(step.timeMs, retryOf(job));
      measure("Retried", 1);
      return logged(() => deps.deliveries.record(record, attempt), record, traceId);
    case "failed":
      if (await deps.deliveries.record(record, attempt)) {
        measure("Failed", 1);
        await deps.announcer.failed(job, step.error);
      }
  }
}

function retryOf(job: DeliveryJob): DeliveryJob {
  return { ...job, attempt: job.attempt + 1, isProbe: undefined, slot: undefined, lane: undefined };
}

async function logged(
  write: () => Promise<unknown>,
  { webhookId, messageId }: DeliveryRecord,
  traceId: string | undefined,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    measure("Unrecorded", 1);
    log("error", "delivery.unrecorded", { webhookId, messageId, traceId, ...errorFields(error) });
  }
}
