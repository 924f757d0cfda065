import type { BreakerTimer, DeliveryJob } from "../contract/jobs.ts";
import { shardOf } from "../domain/ids/hash.ts";
import type { FurtherLane } from "../domain/lanes/lane.ts";
import { groupOf } from "../domain/lanes/queue-group.ts";
import { escapeForSqs } from "../domain/messages/sqs-text.ts";
import { readEnv } from "../runtime/env.ts";
import { type QueueMessage, type Sender, sendBatch, sendOrThrow, sqsSender } from "./send-batch.ts";

export interface DeliveryQueue {
  /** Sends first attempts, and answers the jobs that the queue did not take. */
  send(jobs: readonly DeliveryJob[]): Promise<DeliveryJob[]>;
}

/** A queue for first attempts that are sent on from the delivery queue. */
export type LaneQueues = Readonly<Record<FurtherLane, Pick<DeliveryQueue, "send">>>;

/** A further attempt, and how long the queue is to hold it back: 0 to 900 seconds. */
export interface DelayedJob {
  readonly job: DeliveryJob;
  readonly delaySeconds: number;
}

export interface RetryQueue {
  /** Sends a breaker's tick; throws unless the queue took it. */
  sendTick(tick: BreakerTimer, delaySeconds: number): Promise<void>;
  /** Sends further attempts, and answers the jobs that the queue did not take. */
  send(jobs: readonly DelayedJob[]): Promise<DeliveryJob[]>;
  /** About how many messages could be handed out now. */
  readyCount(): Promise<number>;
}

export function openDeliveryQueue(sender: Sender = sqsSender): DeliveryQueue {
  const { DELIVERY_QUEUE_URLS } = readEnv("DELIVERY_QUEUE_URLS");
  return {
    async send(jobs) {
      const refused = await Promise.all(
        DELIVERY_QUEUE_URLS.map((url, shard) =>
          sendBatch(sender, url, jobs.filter(isOf(shard, DELIVERY_QUEUE_URLS.length)).map(queued)),
        ),
      );
      return refused.flat().map(({ job }) => job);
    },
  };
}

/** By the webhook, so that a flood to one of them fills one queue and leaves the others alone. */
function isOf(shard: number, shards: number) {
  return ({ webhookId }: DeliveryJob) => shardOf(webhookId, shards) === shard;
}

export function openLaneQueues(sender: Sender = sqsSender): LaneQueues {
  const env = readEnv("NEWCOMER_QUEUE_URL", "SLOW_QUEUE_URL");
  return {
    newcomer: laneQueue(sender, env.NEWCOMER_QUEUE_URL),
    slow: laneQueue(sender, env.SLOW_QUEUE_URL),
  };
}

function laneQueue(sender: Sender, url: string): Pick<DeliveryQueue, "send"> {
  return {
    async send(jobs) {
      const refused = await sendBatch(sender, url, jobs.map(queued));
      return refused.map(({ job }) => job);
    },
  };
}

export function openRetryQueue(sender: Sender = sqsSender): RetryQueue {
  const { RETRY_QUEUE_URL } = readEnv("RETRY_QUEUE_URL");
  return {
    sendTick: (tick, delaySeconds) =>
      sendOrThrow(sender, RETRY_QUEUE_URL, {
        body: JSON.stringify(tick),
        group: groupOf(tick.cacheName, tick.webhookId),
        delaySeconds,
      }),
    async send(jobs) {
      const messages = jobs.map(({ job, delaySeconds }) => ({ ...queued(job), delaySeconds }));
      const refused = await sendBatch(sender, RETRY_QUEUE_URL, messages);
      return refused.map(({ job }) => job);
    },
    readyCount: () => sender.readyCount(RETRY_QUEUE_URL),
  };
}

interface QueuedJob extends QueueMessage {
  readonly job: DeliveryJob;
}

function queued(job: DeliveryJob): QueuedJob {
  const group = groupOf(job.message.cacheName, job.webhookId);
  return { job, body: escapeForSqs(JSON.stringify(job)), group };
}
