import * as z from "zod/mini";
import { DeliveryJob } from "../../contract/jobs.ts";
import { log } from "../../runtime/logger.ts";
import type { Key } from "../keys.ts";
import type { Row } from "../table/dynamodb.ts";

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

/** A row that cannot be read is left where it is and told of: it must not hold up the others. */
export function readWaiting(rows: readonly Row[]): WaitingJob[] {
  return rows.flatMap((row) => {
    try {
      const { pk, sk, job } = z.parse(WaitingRow, row);
      return [{ key: { pk, sk }, job: z.parse(DeliveryJob, JSON.parse(job)) }];
    } catch {
      log("error", "waiting-job.unreadable", { pk: String(row.pk), sk: String(row.sk) });
      return [];
    }
  });
}
