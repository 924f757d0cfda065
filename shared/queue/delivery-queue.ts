import type { DeliveryJob } from "../contract/delivery.ts";
import { escapeForSqs } from "../domain/sqs-text.ts";
import { readEnv } from "../runtime/env.ts";
import { type QueueMessage, sendBatch } from "./send-batch.ts";

export interface DeliveryQueue {
  /** Sends first attempts; throws unless the queue took every one. */
  send(jobs: readonly DeliveryJob[]): Promise<void>;
}

export interface RetryQueue {
  /** Sends one further attempt, to be made after the delay (0 to 900 seconds). */
  send(job: DeliveryJob, delaySeconds: number): Promise<void>;
}

export function openDeliveryQueue(): DeliveryQueue {
  const { DELIVERY_QUEUE_URL } = readEnv("DELIVERY_QUEUE_URL");
  return {
    send: (jobs) =>
      sendBatch(
        DELIVERY_QUEUE_URL,
        jobs.map((job) => queued(job)),
      ),
  };
}

export function openRetryQueue(): RetryQueue {
  const { RETRY_QUEUE_URL } = readEnv("RETRY_QUEUE_URL");
  return { send: (job, delaySeconds) => sendBatch(RETRY_QUEUE_URL, [queued(job, delaySeconds)]) };
}

function queued(job: DeliveryJob, delaySeconds?: number): QueueMessage {
  const body = escapeForSqs(JSON.stringify(job));
  return { body, group: job.webhookId, ...(delaySeconds !== undefined && { delaySeconds }) };
}
