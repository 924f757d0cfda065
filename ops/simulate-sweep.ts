import type { DeliveryJob } from "../shared/contract/delivery.ts";
import { lostTick } from "../shared/domain/breaker-clock.ts";
import { sendTick } from "./simulate-later.ts";
import { callMs, Invocation, type Process } from "./simulate-process.ts";
import type { OrderedRows } from "./simulate-rows.ts";
import type { World } from "./simulate-world.ts";

const everyMs = 60_000;
const page = 100;

/** Sweeps every minute for as long as the world turns; one sweep at a time. */
export function startSweeper(world: World): void {
  let isSweeping = false;
  const stop = () => {
    isSweeping = false;
  };
  const wake = () => {
    world.clock.after(everyMs, wake);
    if (isSweeping || world.sweeperIsDown(world.clock.nowMs)) return;
    isSweeping = true;
    new Invocation(world, stop).run(sweep(world), stop);
  };
  wake();
}

function* sweep(world: World): Process {
  yield* sendDue(world.tables.due, world);
  yield* sendDue(world.tables.horizons, world);
  yield* sendLostTicks(world);
}

/** Sent, then deleted: what dies in between is sent twice, which does no harm. */
function* sendDue(rows: OrderedRows<DeliveryJob>, world: World): Process {
  const { clock, calls, retries } = world;
  for (;;) {
    calls.add("DynamoDB read");
    const due = rows.first(page, clock.nowMs);
    yield callMs;
    if (due.length === 0) return;
    calls.add("SQS send", Math.ceil(due.length / 10));
    for (const { value: job } of due) retries.send(job, job.webhookId);
    yield callMs;
    calls.add("DynamoDB write", Math.ceil(due.length / 25));
    for (const { key } of due) rows.remove(key);
    yield callMs;
  }
}

function* sendLostTicks(world: World): Process {
  const { clock, tables, calls } = world;
  calls.add("DynamoDB read");
  for (const [webhookId, { breaker }] of [...tables.health]) {
    const tick = lostTick(breaker, clock.nowMs);
    if (tick !== undefined) yield* sendTick({ webhookId, tick }, 0, world);
  }
}
