import { Construct } from "constructs";
import { maxIngestBytes } from "../shared/contract/ingest.ts";
import { WorkQueue } from "./constructs/work-queue.ts";
import { sizeOf } from "./functions.ts";
import type { IngestSourceSetting } from "./settings/setting-kinds.ts";
import type { Settings } from "./settings/settings.ts";

/** A queue whose messages are published. */
export interface IngestQueue extends WorkQueue {
  /** What its senders may publish; absent: anything. */
  readonly source?: IngestSourceSetting;
}

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
  readonly ingests: readonly IngestQueue[];

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const { deliveryShards, removalPolicy } = settings;
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
    // Of their own length: what was cut off goes on when its message can be seen again.
    this.fanOut = new WorkQueue(this, "FanOut", {
      consumerTimeoutSeconds: sizeOf("fanOut").timeoutSeconds,
    });
    this.recover = new WorkQueue(this, "Recover", {
      consumerTimeoutSeconds: sizeOf("recover").timeoutSeconds,
    });
    this.ingests = ingestQueues(this, settings);
  }
}

/** One for each source, or one for whoever may send to it. They hold messages of others, so none goes with the stack. */
function ingestQueues(scope: Construct, settings: Settings): IngestQueue[] {
  if (!settings.ingest) return [];
  const props = {
    consumerTimeoutSeconds: sizeOf("ingest").timeoutSeconds,
    outlivesStack: settings.removalPolicy === "retain",
    maxMessageBytes: maxIngestBytes,
    // A body also waits here for its source's rate, or for stores that are down: four days of it.
    maxReceiveCount: 1_000,
  };
  const { ingestSources } = settings;
  if (ingestSources.length === 0) return [new WorkQueue(scope, "Ingest", props)];
  return ingestSources.map((source) => {
    const id = `Ingest${source.name.charAt(0).toUpperCase()}${source.name.slice(1)}`;
    return Object.assign(new WorkQueue(scope, id, props), { source });
  });
}
