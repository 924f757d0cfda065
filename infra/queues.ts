import { Construct } from "constructs";
import { WorkQueue } from "./constructs/work-queue.ts";
import { sizeOf } from "./functions.ts";

/** What waits: first attempts, retries (so that they never take a first attempt's place), fan-out jobs. */
export class Queues extends Construct {
  readonly delivery: WorkQueue;
  readonly retry: WorkQueue;
  readonly fanOut: WorkQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const consumerTimeoutSeconds = sizeOf("deliver").timeoutSeconds;

    this.delivery = new WorkQueue(this, "Delivery", { consumerTimeoutSeconds });
    this.retry = new WorkQueue(this, "Retry", { consumerTimeoutSeconds });
    this.fanOut = new WorkQueue(this, "FanOut", { consumerTimeoutSeconds });
  }
}
