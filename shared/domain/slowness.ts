import type { DeliveryJob } from "../contract/delivery.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";

/** A POST that is unanswered for so long keeps a place that others could use. */
export const slowAfterMs = 500;

const slowForMs = 60_000;
/** A mark that lasts longer is not worth another write. */
const renewedMs = slowForMs / 2;

/** Whether first attempts go the way of slow receivers, where they wait for nobody but each other. */
export function isSlow(health: Health | undefined, nowMs: number): boolean {
  return isMarked(health, nowMs, 0);
}

/** How a webhook fares when a POST takes long; the same object when its mark is fresh. */
export function marked(health: Health | undefined, nowMs: number): Health {
  if (health && isMarked(health, nowMs, renewedMs)) return health;
  return {
    ...(health ?? { ...noFailures, breaker: { kind: "closed" } }),
    version: nextVersion(health, nowMs),
    slowUntilMs: nowMs + slowForMs,
  };
}

/** A mark of longer than any lasts was set by a clock that had jumped ahead. */
function isMarked(health: Health | undefined, nowMs: number, leastMs: number): boolean {
  const leftMs = (health?.slowUntilMs ?? 0) - nowMs;
  return leftMs > leastMs && leftMs <= 2 * slowForMs;
}

/** Whatever has waited anywhere but in the delivery queue carries the time from which it may be made. */
export function isInFirstLine({ notBeforeMs }: DeliveryJob): boolean {
  return notBeforeMs === undefined;
}

/** The job as it goes on to the slow queue: no longer in the first line, and perhaps there twice. */
export function handedOn(job: DeliveryJob): DeliveryJob {
  return { ...job, notBeforeMs: job.message.publishedTimeMs };
}
