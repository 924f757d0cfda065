import type { FanOutJob } from "../contract/jobs.ts";
import { groupOf } from "../domain/lanes/queue-group.ts";
import { escapeForSqs } from "../domain/messages/sqs-text.ts";
import { readEnv } from "../runtime/env.ts";
import { type QueueMessage, type Sender, sendBatch, sqsSender } from "./send-batch.ts";

export interface FanOutQueue {
  /** Sends jobs, and answers those that the queue did not take. */
  send(jobs: readonly FanOutJob[]): Promise<FanOutJob[]>;
}

interface QueuedJob extends QueueMessage {
  readonly job: FanOutJob;
}

export function openFanOutQueue(sender: Sender = sqsSender): FanOutQueue {
  const { FAN_OUT_QUEUE_URL } = readEnv("FAN_OUT_QUEUE_URL");
  return {
    async send(jobs) {
      const refused = await sendBatch(sender, FAN_OUT_QUEUE_URL, jobs.map(queued));
      return refused.map(({ job }) => job);
    },
  };
}

function queued(job: FanOutJob): QueuedJob {
  const group = groupOf(job.message.cacheName, job.message.messageId);
  return { job, body: escapeForSqs(JSON.stringify(job)), group };
}
