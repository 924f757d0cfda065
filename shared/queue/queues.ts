import type { BreakerTimer, DeliveryJob, FanOutJob, RecoveryStep } from "../contract/jobs.ts";
import { type FurtherLane, groupOf } from "../domain/breaker/slowness.ts";
import { shardOf } from "../domain/hash.ts";
import { readEnv } from "../runtime/env.ts";
import { errorFields, log } from "../runtime/logger.ts";
import type { DeadLetterQueue, HandBack } from "../runtime/queue-worker.ts";
import {
  escapeForSqs,
  type QueueMessage,
  type Sender,
  sendBatch,
  sendOrThrow,
  sqsSender,
} from "./send-batch.ts";

export interface DeliveryQueue {
  /** Sends first attempts, and returns the jobs that the queue did not take. */
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
  /** Sends a breaker's timer; throws unless the queue took it. */
  sendBreakerTimer(timer: BreakerTimer, delaySeconds: number): Promise<void>;
  /** Sends further attempts, and returns the jobs that the queue did not take. */
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
    sendBreakerTimer: (timer, delaySeconds) =>
      sendOrThrow(sender, RETRY_QUEUE_URL, {
        body: JSON.stringify(timer),
        group: groupOf(timer.cacheName, timer.webhookId),
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

export interface FanOutQueue {
  /** Sends jobs, and returns those that the queue did not take. */
  send(jobs: readonly FanOutJob[]): Promise<FanOutJob[]>;
}

interface QueuedFanOut extends QueueMessage {
  readonly job: FanOutJob;
}

export function openFanOutQueue(sender: Sender = sqsSender): FanOutQueue {
  const { FAN_OUT_QUEUE_URL } = readEnv("FAN_OUT_QUEUE_URL");
  return {
    async send(jobs) {
      const refused = await sendBatch(sender, FAN_OUT_QUEUE_URL, jobs.map(queuedFanOut));
      return refused.map(({ job }) => job);
    },
  };
}

function queuedFanOut(job: FanOutJob): QueuedFanOut {
  const group = groupOf(job.message.cacheName, job.message.messageId);
  return { job, body: escapeForSqs(JSON.stringify(job)), group };
}

export interface RecoverQueue {
  /** Sends the next step of a recovery, to be taken after 0 to 900 seconds; throws unless it was taken. */
  send(step: RecoveryStep, delaySeconds: number): Promise<void>;
}

export function openRecoverQueue(sender: Sender = sqsSender): RecoverQueue {
  const { RECOVER_QUEUE_URL } = readEnv("RECOVER_QUEUE_URL");
  return {
    send: (step, delaySeconds) =>
      sendOrThrow(sender, RECOVER_QUEUE_URL, {
        body: JSON.stringify(step),
        ...(step.cacheName !== undefined && { group: groupOf(step.cacheName, step.webhookId) }),
        delaySeconds,
      }),
  };
}

/** The dead-letter queue of this worker, for what our own code could not read. */
export function openDeadLetterQueue(sender: Sender = sqsSender): DeadLetterQueue {
  const { DEAD_LETTER_QUEUE_URL } = readEnv("DEAD_LETTER_QUEUE_URL");
  return { send: (body) => sendOrThrow(sender, DEAD_LETTER_QUEUE_URL, { body }) };
}

/** Of a queue whose function runs 60 s: six times as long, as AWS advises. */
const maxSeconds = 360;

/** 5 s after the first time, then twice as long each time: a hundred times take nine hours. */
export function secondsUntilBack(receiveCount: number): number {
  return Math.min(maxSeconds, 5 * 2 ** (receiveCount - 1));
}

/** Hands back what came from these queues. */
export function openHandBack(queueUrls: readonly string[], sender: Sender = sqsSender): HandBack {
  const urlOf = new Map(queueUrls.map((url) => [url.slice(url.lastIndexOf("/") + 1), url]));
  return {
    async soon(records) {
      const [first] = records;
      const url = first && urlOf.get(first.queueArn.slice(first.queueArn.lastIndexOf(":") + 1));
      if (url === undefined) return;
      try {
        const hidden = records.map(({ receiptHandle, receiveCount }) => ({
          receiptHandle,
          afterSeconds: secondsUntilBack(receiveCount),
        }));
        await sender.showAgain(url, hidden);
      } catch (error) {
        log("warn", "queue.hand-back-late", errorFields(error));
      }
    },
  };
}
