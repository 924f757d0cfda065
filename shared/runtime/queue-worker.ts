import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { errorFields, type Fields, log } from "./logger.ts";
import { writeMetrics } from "./metrics.ts";

/** One parsed message of a batch. */
export interface Item<Job> {
  readonly job: Job;
  /** How often SQS has handed it out, this time included. */
  readonly receiveCount: number;
  /** When it was sent to the queue; epoch milliseconds. */
  readonly sentTimeMs: number;
}

/** Where a body goes that no retry will make readable. */
export interface Poison {
  send(body: string): Promise<void>;
}

/** Handles every item by itself; an item's promise is rejected only by a fault of our own. */
type Work<Job, Deps> = (
  items: readonly Item<Job>[],
  deps: Deps,
  timeLeftMs: () => number,
) => Promise<PromiseSettledResult<void>[]>;

/**
 * Hosts a batch use case as a Lambda behind a queue. A message that cannot be parsed goes to the
 * dead-letter queue at once; one that we failed on is handed back alone, and SQS delivers it again. The
 * line that tells of it carries what `idsOf` tells of the job.
 */
export function queueWorker<Job, Deps extends { poison: Poison }>(
  schema: z.core.$ZodType<Job>,
  work: Work<Job, Deps>,
  open: () => Deps,
  idsOf: (job: Job) => Fields = () => ({}),
) {
  let deps: Deps | undefined;
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    deps ??= open();
    const opened = deps;
    const { poison } = opened;
    const timeLeftMs = () => context.getRemainingTimeInMillis();
    const { items, records, poisoned } = sort(schema, event.Records);
    const [buried, done] = await Promise.all([
      Promise.allSettled(poisoned.map((record) => bury(record, poison, context))),
      items.length > 0 ? allOf(() => work(items, opened, timeLeftMs), items) : [],
    ]);
    writeMetrics();
    const ids = items.map(({ job }) => idsOf(job));
    const failed = [...failures(poisoned, buried), ...failures(records, done, ids)];
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** A fault that struck the whole batch is a fault of every item; the buried poison must not come back. */
async function allOf(
  work: () => Promise<PromiseSettledResult<void>[]>,
  items: readonly unknown[],
): Promise<PromiseSettledResult<void>[]> {
  try {
    return await work();
  } catch (reason) {
    return items.map(() => ({ status: "rejected", reason }));
  }
}

function sort<Job>(schema: z.core.$ZodType<Job>, all: readonly SQSRecord[]) {
  const items: Item<Job>[] = [];
  const records: SQSRecord[] = [];
  const poisoned: SQSRecord[] = [];
  for (const record of all) {
    const parsed = z.safeParse(schema, jsonOf(record.body));
    if (!parsed.success) poisoned.push(record);
    else {
      const { ApproximateReceiveCount, SentTimestamp } = record.attributes;
      const [receiveCount, sentTimeMs] = [Number(ApproximateReceiveCount), Number(SentTimestamp)];
      items.push({ job: parsed.data, receiveCount, sentTimeMs });
      records.push(record);
    }
  }
  return { items, records, poisoned };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function bury(record: SQSRecord, poison: Poison, context: Context): Promise<void> {
  log("error", "queue.poison", { messageId: record.messageId, function: context.functionName });
  await poison.send(record.body);
}

function failures(
  records: SQSRecord[],
  results: PromiseSettledResult<void>[],
  ids: Fields[] = [],
): SQSRecord[] {
  return records.filter((record, index) => {
    const result = results[index];
    if (result?.status === "fulfilled") return false;
    log("error", "queue.handed-back", {
      messageId: record.messageId,
      ...ids[index],
      ...errorFields(result?.reason),
    });
    return true;
  });
}
