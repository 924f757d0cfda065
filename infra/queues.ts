import { Construct } from "constructs";
import { WorkQueue } from "./constructs/work-queue.ts";
import { sizeOf } from "./functions.ts";
import type { Settings } from "./settings/settings.ts";

/**
 * What waits: first attempts; those at receivers that may be slow or are, and retries, so that none of them
 * takes a first attempt's place; fan-out jobs; recoveries.
 */
export class Queues extends Construct {
  readonly delivery: WorkQueue;
  /** All of the delivery queues, `delivery` among them: one for each shard. */
  readonly deliveries: readonly WorkQueue[];
  readonly newcomer: WorkQueue;
  readonly slow: WorkQueue;
  readonly retry: WorkQueue;
  readonly fanOut: WorkQueue;
  readonly recover: WorkQueue;

  constructor(scope: Construct, id: string, { deliveryShards, removalPolicy }: Settings) {
    super(scope, id);
    const consumerTimeoutSeconds = sizeOf("deliver").timeoutSeconds;

    // Fewer shards, or a roll back to a version without this lane, must not take along what waits in it.
    const outlivesStack = removalPolicy === "retain";
    this.delivery = new WorkQueue(this, "Delivery", { consumerTimeoutSeconds });
    const further = Array.from(
      { length: deliveryShards - 1 },
      (_, n) => new WorkQueue(this, `Delivery${n + 2}`, { consumerTimeoutSeconds, outlivesStack }),
    );
    this.deliveries = [this.delivery, ...further];
    this.newcomer = new WorkQueue(this, "Newcomer", { consumerTimeoutSeconds, outlivesStack });
    this.slow = new WorkQueue(this, "Slow", { consumerTimeoutSeconds });
    this.retry = new WorkQueue(this, "Retry", { consumerTimeoutSeconds });
    this.fanOut = new WorkQueue(this, "FanOut", { consumerTimeoutSeconds });
    // Of its own length: a recovery that was cut off goes on when its step can be seen again.
    this.recover = new WorkQueue(this, "Recover", {
      consumerTimeoutSeconds: sizeOf("recover").timeoutSeconds,
    });
  }
}
