import type { DeliveryJob } from "../../contract/jobs.ts";
import { AppError } from "../../domain/app-error.ts";
import { type FurtherLane, jobForLane } from "../../domain/lanes/lane.ts";
import type { LaneQueues } from "../../queue/delivery-queue.ts";

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
