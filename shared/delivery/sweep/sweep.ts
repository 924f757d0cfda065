import { lostTimer } from "../../domain/breaker/breaker.ts";
import type { RetryQueue } from "../../queue/queues.ts";
import { errorFields, log, measure } from "../../runtime/logger.ts";
import type { Undelivered } from "../../store/deliveries/undelivered.ts";
import type { HealthStore } from "../../store/health/health-store.ts";
import type { DueStore, WaitingJob } from "../../store/waiting/waiting-jobs.ts";
import type { UnwellCleaner } from "../../store/webhooks/unwell-cleaner.ts";
import { sendBreakerTimer } from "../breaker/change-health.ts";

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

export interface LostTimerDeps {
  readonly healths: Pick<HealthStore, "withTimers">;
  readonly retries: Pick<RetryQueue, "sendBreakerTimer">;
  readonly now: () => number;
}

/** Sends again the timers that should have come long ago: whoever was to send them died. */
export async function replaceLostTimers({ healths, retries, now }: LostTimerDeps): Promise<number> {
  const withTimers = await healths.withTimers();
  const lost = withTimers.flatMap((health) => {
    const tick = lostTimer(health.breaker, now());
    return tick === undefined ? [] : [{ health, tick }];
  });
  await Promise.all(lost.map(({ health, tick }) => sendBreakerTimer(health, tick, 0, retries)));
  return lost.length;
}

export interface CleanDeps {
  readonly unwell: UnwellCleaner;
  readonly now: () => number;
}

const minuteMs = 60_000;
/** The minute of each hour in which it is done. */
const cleaningMinute = 30;

/** Once an hour, takes webhooks that are ok again out of the index of those that are not. Never throws, likewise. */
export async function cleanUnwell(stopAtMs: number, { unwell, now }: CleanDeps): Promise<void> {
  if (Math.floor(now() / minuteMs) % 60 !== cleaningMinute) return;
  try {
    await unwell.clean(now(), () => now() >= stopAtMs);
  } catch (error) {
    log("warn", "unwell.uncleaned", errorFields(error));
  }
}

export interface OldestDeps {
  readonly undelivered: Undelivered;
  readonly now: () => number;
}

/**
 * Measures how long the oldest message has waited to be delivered. Where none waits it says nothing: a metric that an
 * idle deployment writes costs $0.30 a month. Never throws: it must not cut a sweep short.
 */
export async function measureOldest({ undelivered, now }: OldestDeps): Promise<void> {
  try {
    const oldestMs = await undelivered.oldestTimeMs();
    if (oldestMs === undefined) return;
    measure("OldestUndelivered", Math.max(0, (now() - oldestMs) / 1000));
  } catch (error) {
    log("warn", "oldest.unknown", errorFields(error));
  }
}
