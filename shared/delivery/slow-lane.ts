import type { DeliveryJob } from "../contract/delivery.ts";
import { AppError } from "../domain/app-error.ts";
import type { Health } from "../domain/health-record.ts";
import { handedOn, isInFirstLine, isSlow } from "../domain/slowness.ts";
import type { SlowQueue } from "../queue/delivery-queue.ts";

/** The way of first attempts at slow receivers: on, to a queue where they wait for each other only. */
export interface SlowLane {
  /** Sends the job on; throws unless the queue took it. */
  handOn(job: DeliveryJob): Promise<void>;
}

/** What an open breaker parks need not be sent anywhere first. */
export function belongsInSlowLane(
  job: DeliveryJob,
  health: Health | undefined,
  nowMs: number,
): boolean {
  return isInFirstLine(job) && health?.breaker.kind !== "open" && isSlow(health, nowMs);
}

/** Gathers what a batch hands on in the same moment, so that it costs one call. */
export function openSlowLane(slow: Pick<SlowQueue, "send">): SlowLane {
  const jobs: DeliveryJob[] = [];
  let sending: Promise<DeliveryJob[]> | undefined;

  return {
    async handOn(job) {
      const onward = handedOn(job);
      jobs.push(onward);
      sending ??= Promise.resolve().then(() => slow.send(jobs));
      const refused = await sending;
      if (refused.includes(onward))
        throw new AppError("SERVER_UNAVAILABLE", "the slow queue refused a delivery");
    },
  };
}
