import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { errorFields, type Fields, log, writeMetrics } from "./logger.ts";

/** One parsed message of a batch. */
export interface Item<Job> {
  readonly job: Job;
  /** How often SQS has handed it out, this time included. */
  readonly receiveCount: number;
  /** When it was sent to the queue; epoch milliseconds. */
  readonly sentTimeMs: number;
  /** What the queue holds, word for word. */
  readonly body: string;
}

/** Where a body goes that no retry will make readable, and that alarms an operator. */
export interface DeadLetterQueue {
  send(body: string): Promise<void>;
}

/** A record that its function could not handle. */
interface HandedBack {
  readonly queueArn: string;
  readonly receiptHandle: string;
  /** How often SQS has handed it out. */
  readonly receiveCount: number;
}

export interface HandBack {
  /**
   * Lets records of one batch come back soon. Never throws: without it they come back when the queue's
   * visibility timeout ends.
   */
  soon(records: readonly HandedBack[]): Promise<void>;
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
 * line that tells of it carries what `idsOf` tells of the job. What has come back twice may be what ends
 * the process: it runs alone, when all others are done.
 */
export function queueWorker<
  Job,
  Deps extends { deadLetterQueue: DeadLetterQueue; handBack: HandBack },
>(
  schema: z.core.$ZodType<Job>,
  work: Work<Job, Deps>,
  open: () => Deps,
  idsOf?: (job: Job) => Fields,
) {
  const read = (record: SQSRecord) => {
    const { success, data: job } = z.safeParse(schema, jsonOf(record.body));
    return success ? { job } : undefined;
  };
  return recordWorker({ read, deadLetter, work, open, idsOf });
}

interface RecordWorker<Job, Deps> {
  /** Undefined for a record that no retry will make readable. */
  readonly read: (record: SQSRecord) => { readonly job: Job } | undefined;
  readonly deadLetter: (record: SQSRecord, deps: Deps, context: Context) => Promise<void>;
  readonly work: Work<Job, Deps>;
  readonly open: () => Deps;
  readonly idsOf?: ((job: Job) => Fields) | undefined;
}

/** The same for whoever needs more of a record than its body. */
export function recordWorker<Job, Deps extends { handBack: HandBack }>({
  read,
  deadLetter,
  work,
  open,
  idsOf = () => ({}),
}: RecordWorker<Job, Deps>) {
  let deps: Deps | undefined;
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    deps ??= open();
    const opened = deps;
    const { handBack } = opened;
    const timeLeftMs = () => context.getRemainingTimeInMillis();
    const { items, records, unreadable } = sort(read, event.Records);
    const [deadLettered, done] = await Promise.all([
      Promise.allSettled(unreadable.map((record) => deadLetter(record, opened, context))),
      inTurn(items, (some) => work(some, opened, timeLeftMs), timeLeftMs),
    ]);
    writeMetrics();
    const ids = items.map(({ job }) => idsOf(job));
    const failed = [...failures(unreadable, deadLettered), ...failures(records, done, ids)];
    if (failed.length > 0) await handBack.soon(failed.map(handedBack));
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

type WorkOff<Job> = (items: readonly Item<Job>[]) => Promise<PromiseSettledResult<void>[]>;

/** From the third time on that SQS hands it out. */
export function isSuspect({ receiveCount }: Pick<Item<unknown>, "receiveCount">): boolean {
  return receiveCount > 2;
}

/** Of the function's time: one item takes less, so none that is begun alone is cut off. */
const shareAlone = 0.7;

async function inTurn<Job>(
  items: readonly Item<Job>[],
  work: WorkOff<Job>,
  timeLeftMs: () => number,
): Promise<PromiseSettledResult<void>[]> {
  const aloneMs = shareAlone * timeLeftMs();
  const usual = items.filter((item) => !isSuspect(item));
  const results = new Map<Item<Job>, PromiseSettledResult<void> | undefined>();
  const run = async (some: readonly Item<Job>[]) => {
    const done = await allOf(work, some);
    for (const [index, item] of some.entries()) results.set(item, done[index]);
  };
  if (usual.length > 0) await run(usual);
  for (const suspect of items.filter(isSuspect)) {
    if (results.size === 0 || timeLeftMs() >= aloneMs) await run([suspect]);
  }
  return items.map((item) => results.get(item) ?? notReached);
}

const notReached = {
  status: "rejected",
  reason: new Error("there was no time left to run it alone"),
} as const;

/** A fault that struck the whole batch is a fault of every item; what went to the dead-letter queue must not come back. */
async function allOf<Job>(
  work: WorkOff<Job>,
  items: readonly Item<Job>[],
): Promise<PromiseSettledResult<void>[]> {
  try {
    return await work(items);
  } catch (reason) {
    return items.map(() => ({ status: "rejected", reason }));
  }
}

function sort<Job>(
  read: (record: SQSRecord) => { readonly job: Job } | undefined,
  all: readonly SQSRecord[],
) {
  const items: Item<Job>[] = [];
  const records: SQSRecord[] = [];
  const unreadable: SQSRecord[] = [];
  for (const record of all) {
    const found = read(record);
    if (!found) unreadable.push(record);
    else {
      const { ApproximateReceiveCount, SentTimestamp } = record.attributes;
      const [receiveCount, sentTimeMs] = [Number(ApproximateReceiveCount), Number(SentTimestamp)];
      items.push({ job: found.job, receiveCount, sentTimeMs, body: record.body });
      records.push(record);
    }
  }
  return { items, records, unreadable };
}

function handedBack({ eventSourceARN, receiptHandle, attributes }: SQSRecord): HandedBack {
  const receiveCount = Number(attributes.ApproximateReceiveCount);
  return { queueArn: eventSourceARN, receiptHandle, receiveCount };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function deadLetter(
  record: SQSRecord,
  { deadLetterQueue }: { readonly deadLetterQueue: DeadLetterQueue },
  context: Context,
): Promise<void> {
  log("error", "queue.poison", { messageId: record.messageId, function: context.functionName });
  await deadLetterQueue.send(record.body);
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
