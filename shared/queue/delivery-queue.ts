import type { DeliveryJob } from "../contract/delivery.ts";
import { escapeForSqs } from "../domain/sqs-text.ts";
import { readEnv } from "../runtime/env.ts";
import { type QueueMessage, sendBatch, sendOrThrow } from "./send-batch.ts";

export interface DeliveryQueue {
  /** Sends first attempts, and answers the jobs that the queue did not take. */
  send(jobs: readonly DeliveryJob[]): Promise<DeliveryJob[]>;
}

export interface RetryQueue {
  /** Sends one further attempt, to be made after the delay (0 to 900 seconds). */
  send(job: DeliveryJob, delaySeconds: number): Promise<void>;
}

export function openDeliveryQueue(): DeliveryQueue {
  const { DELIVERY_QUEUE_URL } = readEnv("DELIVERY_QUEUE_URL");
  return {
    async send(jobs) {
      const refused = await sendBatch(DELIVERY_QUEUE_URL, jobs.map(queued));
      return refused.map(({ job }) => job);
    },
  };
}

export function openRetryQueue(): RetryQueue {
  const { RETRY_QUEUE_URL } = readEnv("RETRY_QUEUE_URL");
  return {
    send: (job, delaySeconds) => sendOrThrow(RETRY_QUEUE_URL, { ...queued(job), delaySeconds }),
  };
}

interface QueuedJob extends QueueMessage {
  readonly job: DeliveryJob;
}

function queued(job: DeliveryJob): QueuedJob {
  return { job, body: escapeForSqs(JSON.stringify(job)), group: job.webhookId };
}
