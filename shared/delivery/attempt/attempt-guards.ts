import type { DeliveryJob } from "../../contract/jobs.ts";
import {
  claim,
  type DeliveryRecord,
  deliveryRecord,
} from "../../domain/attempts/delivery-record.ts";
import { isOwnFault } from "../../runtime/failures.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { DeadLetterQueue, Item } from "../../runtime/queue-worker.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";

export interface CrashGuardDeps {
  readonly deliveries: Pick<DeliveryStore, "countStart" | "setAside">;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly retentionDays: number;
  readonly now: () => number;
}

/** An attempt that was begun so often and never ended is what ends the process. */
const maxStarts = 5;

/**
 * Runs an attempt that has come back again and again. Each start is counted before it and given back when
 * it ends, so what counts is how often the process died of it; a table or a queue that refuses us counts
 * for nothing. Then its message goes to the dead-letter queue.
 */
export async function runGuarded(
  { job, body }: Pick<Item<DeliveryJob>, "job" | "body">,
  head: DeliveryRecord | undefined,
  attempt: () => Promise<void>,
  deps: CrashGuardDeps,
): Promise<void> {
  const { deliveries, deadLetterQueue, now } = deps;
  if (claim(head, job, now()) !== "make") return attempt();
  const begun = startsOf(head, job);
  const record = deliveryRecord(job, null, { kind: "retry", timeMs: now() }, deps.retentionDays);
  if (begun >= maxStarts) {
    const { webhookId, messageId } = record;
    log("error", "delivery.dead-lettered", { webhookId, messageId, starts: begun });
    await deadLetterQueue.send(body);
    return deliveries.setAside(record, job);
  }
  if (!(await deliveries.countStart(record, job, begun + 1))) return;
  try {
    await attempt();
  } catch (error) {
    if (!isOwnFault(error)) await giveBack(record, job, begun, deps);
    throw error;
  }
}

function startsOf(head: DeliveryRecord | undefined, { generation, attempt }: DeliveryJob): number {
  const { starts } = head ?? {};
  return starts?.generation === generation && starts.attempt === attempt ? starts.count : 0;
}

/** A start that stays counted for once brings the end nearer; what is thrown is what the log needs. */
async function giveBack(
  record: DeliveryRecord,
  job: DeliveryJob,
  begun: number,
  { deliveries }: CrashGuardDeps,
): Promise<void> {
  try {
    await deliveries.countStart(record, job, begun);
  } catch (error) {
    log("warn", "delivery.start-kept", errorFields(error));
  }
}

/** Runs work, but no more than `most` pieces of one group at a time; the rest wait their turn. */
export type InFlight = <T>(group: string, most: number, work: () => Promise<T>) => Promise<T>;

/** One receiver that hangs must not have every connection of an environment wait for it. */
export function openInFlight(): InFlight {
  const running = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  const leave = (group: string) => {
    const next = waiting.get(group)?.shift();
    if (next) return next();
    const left = (running.get(group) ?? 1) - 1;
    if (left > 0) running.set(group, left);
    else {
      running.delete(group);
      waiting.delete(group);
    }
  };

  return async (group, most, work) => {
    const count = running.get(group) ?? 0;
    if (count < most) running.set(group, count + 1);
    else {
      await new Promise<void>((resolve) => {
        waiting.set(group, [...(waiting.get(group) ?? []), resolve]);
      });
    }
    try {
      return await work();
    } finally {
      leave(group);
    }
  };
}
