import type { DeliveryJob } from "../shared/contract/delivery.ts";
import { defaultHorizonMs } from "../shared/domain/retry-schedule.ts";
import { callMs, type Process } from "./simulate-process.ts";
import type { TickJob, World } from "./simulate-world.ts";

const longestDelayMs = 900_000;

/** Short waits are spent in the retry queue, longer ones in a due row. */
export function* sendLater(timeMs: number, job: DeliveryJob, world: World): Process {
  const later = { ...job, notBeforeMs: timeMs };
  const delayMs = timeMs - world.clock.nowMs;
  if (delayMs <= longestDelayMs) {
    world.calls.add("SQS send");
    world.retries.send(later, job.webhookId, Math.max(0, Math.ceil(delayMs / 1000)) * 1000);
  } else {
    world.calls.add("DynamoDB write");
    world.tables.due.put(`${timeMs}/${nameOf(job)}`, timeMs, later);
  }
  yield callMs;
}

/** Keeps a delivery while its webhook's breaker is open; its end at the horizon is stored first. */
export function* park(timeMs: number, job: DeliveryJob, { calls, tables }: World): Process {
  const name = nameOf(job);
  const horizonMs = job.message.publishedTimeMs + defaultHorizonMs + 1;
  calls.add("DynamoDB write");
  tables.horizons.put(name, horizonMs, { ...job, isProbe: false, notBeforeMs: horizonMs });
  yield callMs;
  calls.add("DynamoDB write");
  const waiting = { ...job, isProbe: false, notBeforeMs: timeMs };
  tables.parkOf(job.webhookId).put(`${timeMs}/${name}`, timeMs, waiting);
  yield callMs;
}

export function* sendTick(tick: TickJob, delaySeconds: number, world: World): Process {
  world.calls.add("SQS send");
  world.retries.send(tick, tick.webhookId, delaySeconds * 1000);
  yield callMs;
}

/** Names the attempt that waits: the same one waits once, however often it is stored. */
function nameOf({ webhookId, message, generation, attempt }: DeliveryJob): string {
  return [webhookId, message.messageId, generation, attempt].join("/");
}
