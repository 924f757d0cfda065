import type { RetryQueue } from "../../queue/delivery-queue.ts";
import { measure } from "../../runtime/metrics.ts";
import type { DueStore } from "../../store/waiting/due-store.ts";
import type { WaitingJob } from "../../store/waiting/waiting-job.ts";

export interface SweepDeps {
  readonly due: Pick<DueStore, "due" | "remove">;
  readonly retries: Pick<RetryQueue, "send">;
  readonly now: () => number;
}

export interface Swept {
  readonly sent: number;
  readonly lateMs: number;
}

/**
 * Sends everything of one shard that is due, then deletes it: a sweep that dies in between sends twice,
 * which does no harm, and never loses. Returns how many were sent, and how late the first of them was.
 */
export async function sweepShard(
  shard: number,
  stopAtMs: number,
  { due, retries, now }: SweepDeps,
): Promise<Swept> {
  let sent = 0;
  let lateMs = 0;
  while (now() < stopAtMs) {
    const waiting = await due.due(shard, now());
    if (sent === 0) {
      lateMs = lagMs(waiting, now());
      measure("SweeperLag", lateMs / 1000);
    }
    if (waiting.length === 0) break;
    const refused = await retries.send(waiting.map(({ job }) => ({ job, delaySeconds: 0 })));
    const left = new Set(refused);
    const gone = waiting.filter(({ job }) => !left.has(job));
    await due.remove(gone);
    sent += gone.length;
    if (left.size > 0) break; // the queue has trouble; the next sweep comes in a minute
  }
  return { sent, lateMs };
}

/** How late the first of them is; a sweep that finds nothing is in time. */
function lagMs([first]: readonly WaitingJob[], nowMs: number): number {
  return Math.max(0, nowMs - (first?.job.notBeforeMs ?? nowMs));
}
