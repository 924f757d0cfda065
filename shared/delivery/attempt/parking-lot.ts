import type { DeliveryJob } from "../../contract/jobs.ts";
import { defaultHorizonMs } from "../../domain/attempts/retry-schedule.ts";
import { expiryOf } from "../../domain/messages/retention.ts";
import { measure } from "../../runtime/metrics.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { ParkedJob, ParkStore } from "../../store/waiting/park-store.ts";
import { lean, type RetryScheduler } from "./retry-scheduler.ts";

interface Deps {
  readonly park: Pick<ParkStore, "addAll">;
  readonly retentionDays: number;
  readonly timers: Timers;
}

/**
 * Where deliveries wait while their webhook's breaker is open. Each also gets a due row at its horizon, so that
 * the delivery ends even if the breaker never closes. What a batch parks in the same moment costs one call.
 */
export function createParkingLot({ park, retentionDays, timers }: Deps): RetryScheduler {
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
