import type { DeliveryJob } from "../../contract/jobs.ts";
import {
  type AttemptRecord,
  type DeliveryRecord,
  deliveryRecord,
  needsLease,
} from "../../domain/attempts/delivery-record.ts";
import type { Step } from "../../domain/attempts/retry-schedule.ts";
import { traceIdOf } from "../../domain/requests/trace-context.ts";
import { errorFields, log, measure } from "../../runtime/logger.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";
import type { Announcer } from "../announcer.ts";
import type { RetryScheduler } from "../retry-scheduler.ts";
import type { StatsRecorder } from "./stats-recorder.ts";

export interface SettleDeps {
  readonly deliveries: Pick<DeliveryStore, "record">;
  readonly recorder: Recorder;
  /** Whether the attempt may have been made before; then a newer state must not be written over. */
  readonly isRepeat: boolean;
  readonly retryScheduler: RetryScheduler;
  readonly announcer: Pick<Announcer, "failed">;
  readonly stats: Pick<StatsRecorder, "failed">;
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
      return logged(() => deps.deliveries.record(record, attempt, job), record, traceId);
    case "retry":
      await deps.retryScheduler.schedule(step.timeMs, retryOf(job));
      measure("Retried", 1);
      return logged(() => deps.deliveries.record(record, attempt, job), record, traceId);
    case "failed":
      if (await deps.deliveries.record(record, attempt, job)) {
        measure("Failed", 1);
        deps.stats.failed(record.webhookId);
        await deps.announcer.failed(job, step.error);
      }
  }
}

/** What is true of an attempt alone, and not of those that follow. */
const ofOneAttempt = {
  isProbe: undefined,
  onlyWaiting: undefined,
  slot: undefined,
  lane: undefined,
} as const;

function retryOf(job: DeliveryJob): DeliveryJob {
  return { ...job, attempt: job.attempt + 1, ...ofOneAttempt };
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

/** Gathers the log rows of one batch's successes, so that they cost one call. */
export interface Recorder {
  add(record: DeliveryRecord, traceId?: string): Promise<void>;
  /** Writes what is left; never throws. */
  flush(): Promise<void>;
}

interface Held {
  readonly record: DeliveryRecord;
  readonly traceId: string | undefined;
}

/** Long enough for a batch's fast receivers, short against the slow one that they must not wait for. */
const maxHoldMs = 1_000;

/**
 * A row that cannot be written is logged and let go: the receiver has the message, and posting it again
 * for the sake of a log row would be worse.
 */
export function openRecorder(
  deliveries: Pick<DeliveryStore, "recordDelivered">,
  timers: Timers,
): Recorder {
  let held: Held[] = [];
  let cancelFlush: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = () => {
    cancelFlush?.();
    cancelFlush = undefined;
    const gathered = held;
    held = [];
    if (gathered.length > 0)
      writing = Promise.all([writing, write(deliveries, gathered)]).then(() => {});
    return writing;
  };

  return {
    async add(record, traceId) {
      held.push({ record, traceId });
      cancelFlush ??= timers.after(maxHoldMs, flush);
    },
    flush,
  };
}

async function write(
  deliveries: Pick<DeliveryStore, "recordDelivered">,
  held: readonly Held[],
): Promise<void> {
  try {
    await deliveries.recordDelivered(held.map(({ record }) => record));
  } catch (error) {
    const traceId = held.flatMap((each) => each.traceId ?? []).join(" ") || undefined;
    measure("Unrecorded", held.length);
    log("error", "delivery.unrecorded", { count: held.length, traceId, ...errorFields(error) });
  }
}
