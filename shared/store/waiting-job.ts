import * as z from "zod/mini";
import { DeliveryJob } from "../contract/delivery.ts";
import type { Row } from "./dynamodb.ts";
import type { Key } from "./keys.ts";

/** A delivery that waits in the table rather than in a queue. */
export interface WaitingJob {
  readonly key: Key;
  readonly job: DeliveryJob;
}

const WaitingRow = z.object({ pk: z.string(), sk: z.string(), job: z.string() });

/** Names the attempt that waits: the same one waits once, however often it is stored. */
export function attemptName({ webhookId, message, generation, attempt }: DeliveryJob): string {
  return [webhookId, message.messageId, generation, attempt].join("/");
}

/** The job is kept as text: what a queue would carry, and what the next version must be able to read. */
export function waitingRow(key: Key, job: DeliveryJob) {
  return { ...key, v: 1, job: JSON.stringify(job) };
}

export function readWaiting(row: Row): WaitingJob {
  const { pk, sk, job } = z.parse(WaitingRow, row);
  return { key: { pk, sk }, job: z.parse(DeliveryJob, JSON.parse(job)) };
}
