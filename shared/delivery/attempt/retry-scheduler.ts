import type { DeliveryJob } from "../../contract/jobs.ts";
import { AppError } from "../../domain/app-error.ts";
import type { RetryQueue } from "../../queue/delivery-queue.ts";
import type { DueStore } from "../../store/waiting/due-store.ts";

export interface RetryScheduler {
  /** Stores an attempt that is to be made at that time and not before; throws unless it is stored. */
  schedule(timeMs: number, job: DeliveryJob): Promise<void>;
}

interface Deps {
  readonly retries: Pick<RetryQueue, "send">;
  readonly due: Pick<DueStore, "add">;
  readonly retentionDays: number;
  readonly now: () => number;
}

/** The longest that SQS holds a message back. */
const maxDelaySeconds = 900;

/** Short waits are spent in the retry queue, longer ones in a due row. */
export function createRetryScheduler({ retries, due, retentionDays, now }: Deps): RetryScheduler {
  return {
    async schedule(timeMs, attempt) {
      const later = { ...attempt, notBeforeMs: timeMs };
      const delaySeconds = Math.max(0, Math.ceil((timeMs - now()) / 1000));
      if (delaySeconds > maxDelaySeconds) return due.add(lean(later, retentionDays), timeMs);
      const job = { ...later, waitsInQueue: true };
      const refused = await retries.send([{ job, delaySeconds }]);
      if (refused.length > 0) throw new AppError("SERVER_UNAVAILABLE", "the queue refused a retry");
    },
  };
}

/** A row is paid for by the kilobyte: the value stays in the messages table where that keeps it. */
export function lean(job: DeliveryJob, retentionDays: number): DeliveryJob {
  const waiting = { ...job, waitsInQueue: undefined };
  return retentionDays > 0 ? { ...waiting, payload: undefined } : waiting;
}
