import type { DeliveryJob } from "../shared/contract/delivery.ts";
import { onDrained, onTick, type TickAction } from "../shared/domain/breaker-tick.ts";
import { drainDelaySeconds } from "../shared/domain/drain.ts";
import type { Health } from "../shared/domain/health-record.ts";
import { changeHealth } from "./simulate-health.ts";
import { sendLater } from "./simulate-later.ts";
import { callMs, type Process } from "./simulate-process.ts";
import { maxRatePerSecond, type TickJob, type World } from "./simulate-world.ts";

interface Parked {
  readonly key: string;
  readonly value: DeliveryJob;
}

/** Sent and deleted together: ten calls of ten entries, four of twenty-five. */
const chunkSize = 100;

/** Handles a tick: writes the next, sends it, and only then does what this one asks for. */
export function* handleTick({ webhookId, tick }: TickJob, world: World): Process {
  const { clock, tables, calls } = world;
  calls.add("DynamoDB read", 2);
  const isActive = tables.webhooks.get(webhookId)?.status === "active";
  const seen = tables.health.get(webhookId);
  yield callMs;

  let action: TickAction = { kind: "none" };
  const change = (health: Health | undefined) => {
    const jitter = world.random();
    const ticked = onTick(health, { tick, nowMs: clock.nowMs, maxRatePerSecond, isActive, jitter });
    action = ticked.action;
    return ticked.health;
  };
  yield* changeHealth(webhookId, seen, change, world);
  yield* act(action, webhookId, world);
}

function* act(action: TickAction, webhookId: string, world: World): Process {
  const { clock, tables, calls } = world;
  if (action.kind === "none" || action.kind === "wait") return;
  const howMany = action.kind === "probe" ? 1 : action.howMany;
  calls.add("DynamoDB read");
  const parked = tables.parkOf(webhookId).first(howMany);
  yield callMs;

  if (parked.length === 0) {
    const close = (health: Health | undefined) => onDrained(health, clock.nowMs);
    yield* changeHealth(webhookId, tables.health.get(webhookId), close, world);
  } else if (action.kind === "probe") yield* probe(parked, webhookId, world);
  else yield* sendBack(parked, action.overSeconds, webhookId, world);
}

/** A probe is an attempt like any other: only a delivery whose own schedule allows it is one. */
function* probe(parked: readonly Parked[], webhookId: string, world: World): Process {
  const due = parked.filter(({ value: job }) => isDue(job, world.clock.nowMs));
  for (const { key, value: job } of due) {
    world.calls.add("SQS send");
    world.retries.send({ ...job, isProbe: true }, webhookId);
    yield callMs;
    yield* remove([key], webhookId, world);
  }
}

/** Sent, then deleted: what dies in between is sent twice, which does no harm. */
function* sendBack(
  parked: readonly Parked[],
  overSeconds: number,
  webhookId: string,
  world: World,
): Process {
  for (let begin = 0; begin < parked.length; begin += chunkSize) {
    const chunk = parked.slice(begin, begin + chunkSize);
    const due = chunk.filter(({ value: job }) => isDue(job, world.clock.nowMs));
    world.calls.add("SQS send", Math.ceil(due.length / 10));
    for (const [index, { value: job }] of due.entries()) {
      const delaySeconds = drainDelaySeconds(begin + index, parked.length, overSeconds);
      world.retries.send(job, webhookId, delaySeconds * 1000);
    }
    yield callMs;
    for (const { value: job } of chunk) {
      const { notBeforeMs = 0 } = job;
      if (!isDue(job, world.clock.nowMs)) yield* sendLater(notBeforeMs, job, world);
    }
    yield* remove(
      chunk.map(({ key }) => key),
      webhookId,
      world,
    );
  }
}

function* remove(keys: readonly string[], webhookId: string, { calls, tables }: World): Process {
  calls.add("DynamoDB write", Math.ceil(keys.length / 25));
  const park = tables.parkOf(webhookId);
  for (const key of keys) park.remove(key);
  yield callMs;
}

function isDue({ notBeforeMs = 0 }: DeliveryJob, nowMs: number): boolean {
  return notBeforeMs <= nowMs;
}
