import type { Context, SQSEvent } from "aws-lambda";
import { callMs } from "./environment.ts";
import { type Host, type QueueFunction, queueFunctions } from "./functions.ts";
import type { MemoryQueue, Receipt } from "./memory/memory-queue.ts";
import { ingestQueue, queueUrls } from "./settings.ts";
import type { World } from "./world.ts";

/** A queue and the function that works on it. */
interface Lane {
  readonly url: string;
  readonly function: QueueFunction;
  readonly concurrency: number;
  readonly batchSize: number;
  /** After so many receipts a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
}

export const batchSize = 10;
/** How long a record that is ready waits for the poller. */
const pollMs = 10;

/** The queues of a deployment, each with the share of its function that a deployment gives it. */
export function lanes(deliveryConcurrency: number): readonly Lane[] {
  const { deliver, fanOut, ingest, recover } = queueFunctions;
  const usual = { batchSize, maxReceiveCount: 100 };
  const deliveries = { function: deliver, ...usual };
  return [
    { url: queueUrls.DELIVERY_QUEUE_URLS, concurrency: deliveryConcurrency, ...deliveries },
    { url: queueUrls.NEWCOMER_QUEUE_URL, concurrency: 10, ...deliveries },
    { url: queueUrls.SLOW_QUEUE_URL, concurrency: 30, ...deliveries },
    { url: queueUrls.RETRY_QUEUE_URL, concurrency: 20, ...deliveries },
    { url: queueUrls.FAN_OUT_QUEUE_URL, concurrency: 10, function: fanOut, ...usual },
    { url: queueUrls.RECOVER_QUEUE_URL, concurrency: 5, function: recover, ...usual, batchSize: 1 },
    { url: ingestQueue, concurrency: 10, function: ingest, ...usual, maxReceiveCount: 1_000 },
  ];
}

/** Puts the queues into a world, and lets their functions run. */
export function startLanes(world: World, deliveryConcurrency: number): void {
  const idle = new Map<QueueFunction, Host[]>();
  for (const lane of lanes(deliveryConcurrency)) {
    if (!idle.has(lane.function)) idle.set(lane.function, []);
    startLane(lane, world, idle.get(lane.function) ?? []);
  }
}

function startLane(lane: Lane, world: World, idle: Host[]): void {
  let running = 0;
  let isPolling = false;
  const poll = () => {
    if (isPolling) return;
    isPolling = true;
    world.clock.after(pollMs, () => {
      isPolling = false;
      while (running < lane.concurrency && queue.readyCount > 0) {
        const receipts = queue.receive(lane.batchSize);
        if (receipts.length === 0) return;
        running += 1;
        invoke(lane, queue, receipts, world, idle, () => {
          running -= 1;
          if (queue.readyCount > 0) poll();
        });
      }
    });
  };
  // Lambda asks for six times the function's time-out.
  const { url, maxReceiveCount } = lane;
  const visibilityMs = 6 * lane.function.timeoutMs;
  const queue = world.addQueue(url, { visibilityMs, maxReceiveCount, onReady: poll });
}

/** One invocation with its batch. What it does not end well comes back by itself. */
function invoke(
  { url, function: { name, timeoutMs, open } }: Lane,
  queue: MemoryQueue,
  receipts: readonly Receipt[],
  world: World,
  idle: Host[],
  onEnd: () => void,
): void {
  const { clock, calls, duplicates } = world;
  calls.add("SQS receive");
  for (const receipt of receipts) if (duplicates()) queue.duplicate(receipt);
  const host = idle.pop() ?? open(world);
  const { environment } = host;
  environment.onDeath = onEnd;
  const endMs = clock.now() + timeoutMs;
  const cancelTimeout = clock.after(timeoutMs, () => environment.die());
  const context = { functionName: name, getRemainingTimeInMillis: () => endMs - clock.now() };
  // Of a context our functions use no more than this.
  const answer = host.handle(eventOf(receipts, url), context as Context);
  void answer.then(({ batchItemFailures }) => {
    cancelTimeout();
    environment.onDeath = () => {};
    idle.push(host);
    onEnd();
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const done = receipts.filter(({ record }) => !failed.has(record.messageId));
    if (done.length === 0) return;
    calls.add("SQS delete");
    clock.after(callMs, () => {
      for (const receipt of done) queue.delete(receipt);
    });
  });
}

function eventOf(receipts: readonly Receipt[], queueName: string): SQSEvent {
  const Records = receipts.map(({ record, handle }) => ({
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queueName}`,
    messageId: record.messageId,
    receiptHandle: handle,
    body: record.body,
    attributes: {
      ApproximateReceiveCount: String(record.receiveCount),
      SentTimestamp: String(record.sentTimeMs),
      // It never waits so long that the difference would count.
      ApproximateFirstReceiveTimestamp: String(record.sentTimeMs),
    },
    messageAttributes: {},
  }));
  // Of a record our functions use no more than this.
  return { Records } as SQSEvent;
}
