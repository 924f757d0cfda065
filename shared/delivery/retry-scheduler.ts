import type { DeliveryJob } from "../contract/jobs.ts";
import { AppError } from "../domain/app-error.ts";
import { defaultHorizonMs, expiryOf } from "../domain/attempts/retry-schedule.ts";
import { type FurtherLane, jobForLane } from "../domain/breaker/slowness.ts";
import type { LaneQueues, RetryQueue } from "../queue/queues.ts";
import { measure } from "../runtime/logger.ts";
import type { Timers } from "../runtime/timers.ts";
import type { DueStore, ParkedJob, ParkStore } from "../store/waiting/waiting-jobs.ts";

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
function lean(job: DeliveryJob, retentionDays: number): DeliveryJob {
  const waiting = { ...job, waitsInQueue: undefined };
  return retentionDays > 0 ? { ...waiting, payload: undefined } : waiting;
}

interface ParkingDeps {
  readonly park: Pick<ParkStore, "addAll">;
  readonly retentionDays: number;
  readonly timers: Timers;
}

/**
 * Where deliveries wait while their webhook's breaker is open. Each also gets a due row at its horizon, so that
 * the delivery ends even if the breaker never closes. What a batch parks in the same moment costs one call.
 */
export function createParkingLot({ park, retentionDays, timers }: ParkingDeps): RetryScheduler {
  let gathering: { readonly jobs: ParkedJob[]; readonly stored: Promise<void> } | undefined;

  const gather = () => {
    const jobs: ParkedJob[] = [];
    const stored = timers.wait(0).then(() => {
      gathering = undefined;
      return park.addAll(jobs);
    });
    gathering = { jobs, stored };
    return gathering;
  };

  return {
    async schedule(timeMs, job) {
      const { jobs, stored } = gathering ?? gather();
      jobs.push(parked(job, timeMs, retentionDays));
      await stored;
      measure("Parked", 1);
    },
  };
}

function parked(job: DeliveryJob, timeMs: number, retentionDays: number): ParkedJob {
  const put = { ...job, isProbe: undefined, slot: undefined, notBeforeMs: timeMs };
  const waiting = lean(put, retentionDays);
  const { publishedTimeMs } = job.message;
  const endMs = publishedTimeMs + defaultHorizonMs + 1;
  return {
    job: waiting,
    notBeforeMs: timeMs,
    endMs,
    expiresAt: expiryOf(publishedTimeMs, retentionDays),
  };
}

/** The way of first attempts that are not to be posted from the lane that they are in. */
export interface LaneForwarder {
  /** Sends the job on; throws unless the queue took it. */
  forward(job: DeliveryJob, lane: FurtherLane): Promise<void>;
}

interface Gathered {
  readonly jobs: DeliveryJob[];
  readonly refused: Promise<readonly DeliveryJob[]>;
}

/** Gathers what a batch sends on in the same moment, so that it costs one call a lane. */
export function openLaneForwarder(queues: LaneQueues): LaneForwarder {
  const gathering = new Map<FurtherLane, Gathered>();

  const gather = (lane: FurtherLane): Gathered => {
    const jobs: DeliveryJob[] = [];
    const refused = Promise.resolve().then(() => {
      gathering.delete(lane);
      return queues[lane].send(jobs);
    });
    gathering.set(lane, { jobs, refused });
    return { jobs, refused };
  };

  return {
    async forward(job, lane) {
      const onward = jobForLane(job, lane);
      const { jobs, refused } = gathering.get(lane) ?? gather(lane);
      jobs.push(onward);
      if ((await refused).includes(onward))
        throw new AppError("SERVER_UNAVAILABLE", `the ${lane} queue refused a delivery`);
    },
  };
}
