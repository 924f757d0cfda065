import type { DeliveryJob } from "../shared/contract/delivery.ts";
import { needsLease } from "../shared/domain/lease.ts";
import { deliverVirtually, type Handled, type Seen } from "./simulate-deliver.ts";
import { reportBatch } from "./simulate-health.ts";
import { callMs, Invocation, type Process } from "./simulate-process.ts";
import type { QueueRecord, VirtualQueue } from "./simulate-queue.ts";
import { startSweeper } from "./simulate-sweep.ts";
import { handleTick } from "./simulate-tick.ts";
import { type Circumstances, makeWorld, type TickJob, type World } from "./simulate-world.ts";

type Body = DeliveryJob | TickJob;

export const batchSize = 10;
const slowConcurrency = 30;
const retryConcurrency = 20;
/** How long a record that is ready waits for the poller. */
const pollMs = 10;

/** The world with its functions running. */
export function startWorld(circumstances: Circumstances): World {
  const concurrency = {
    first: circumstances.deliveryConcurrency,
    slow: slowConcurrency,
    retry: retryConcurrency,
  };
  const running = { first: 0, slow: 0, retry: 0 };
  const isPumping = { first: false, slow: false, retry: false };

  const pump = (name: keyof typeof running) => {
    if (isPumping[name]) return;
    isPumping[name] = true;
    world.clock.after(pollMs, () => {
      isPumping[name] = false;
      if (name === "first") serve("first", world.deliveries);
      else if (name === "slow") serve("slow", world.slow);
      else serve("retry", world.retries);
    });
  };
  const serve = <Job extends Body>(name: keyof typeof running, queue: VirtualQueue<Job>) => {
    while (running[name] < concurrency[name] && queue.readyCount > 0) {
      running[name] += 1;
      invoke(queue, queue.receive(batchSize), world, () => {
        running[name] -= 1;
        if (queue.readyCount > 0) pump(name);
      });
    }
  };
  const world = makeWorld(circumstances, pump);
  startSweeper(world);
  return world;
}

/** One invocation with its batch: it ends with its slowest POST. */
function invoke<Job extends Body>(
  queue: VirtualQueue<Job>,
  records: readonly QueueRecord<Job>[],
  world: World,
  onEnd: () => void,
): void {
  world.calls.add("SQS receive");
  for (const record of records) if (world.duplicates()) queue.duplicate(record);
  const crash = () => {
    for (const record of records) queue.handBack(record);
    onEnd();
  };
  const invocation = new Invocation(world, crash);
  const seen: Seen[] = [];
  const results: Handled[] = [];

  const end = () => {
    world.calls.add("SQS delete");
    records.forEach((record, index) => {
      if (results[index]?.isHandedBack) queue.handBack(record);
      else queue.done(record);
    });
    onEnd();
  };
  const finish = (index: number) => (result: Handled) => {
    results[index] = result;
    if (results.filter(Boolean).length < records.length) return;
    invocation.run(report(records, seen, results, world), end);
  };
  invocation.run(load(records, seen, world), () => {
    records.forEach((record, index) => {
      invocation.run(handle(record.body, seen[index], world), finish(index));
    });
  });
}

function* load<Job extends Body>(
  records: readonly QueueRecord<Job>[],
  seen: Seen[],
  { calls, tables }: World,
): Process {
  calls.add("DynamoDB read");
  for (const { body, receiveCount } of records) {
    const mayBeTried = isJob(body) && (receiveCount > 1 || cameBack(body));
    seen.push({
      webhook: tables.webhooks.get(body.webhookId),
      head: mayBeTried ? tables.headOf(body) : undefined,
      health: tables.health.get(body.webhookId),
    });
  }
  yield callMs;
}

/** What was parked may have been sent twice, though it is a first attempt. */
function cameBack(job: DeliveryJob): boolean {
  return needsLease(job) || job.notBeforeMs !== undefined;
}

function* handle(body: Body, seen: Seen | undefined, world: World): Process<Handled> {
  if (!seen) throw new Error("a record was not loaded");
  if (isJob(body)) return yield* deliverVirtually(body, seen, world);
  yield* handleTick(body, world);
  return {};
}

/** One change of health for each webhook of the batch. */
function* report<Job extends Body>(
  records: readonly QueueRecord<Job>[],
  seen: readonly Seen[],
  results: readonly Handled[],
  world: World,
): Process {
  const webhookIds = new Set(records.map(({ body }) => body.webhookId));
  for (const webhookId of webhookIds) {
    const index = records.findIndex(({ body }) => body.webhookId === webhookId);
    const { webhook, health } = seen[index] ?? {};
    const fared = results.filter((_, n) => records[n]?.body.webhookId === webhookId);
    const count = (kind: Handled["fared"]) => fared.filter((one) => one.fared === kind).length;
    const timeouts = count("timeout");
    const outcome = {
      successes: count("success"),
      failures: count("failure") + timeouts,
      timeouts,
    };
    if (webhook) yield* reportBatch(webhook, health, outcome, world);
  }
}

function isJob(body: Body): body is DeliveryJob {
  return "message" in body;
}
