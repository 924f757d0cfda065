import { cacheOffences, markLeftMs, markLengthMs } from "./slowness.ts";

/** So many webhooks of a cache that turn slow within a minute count against the cache. */
export const slowTogether = 10;

/** A POST that is unanswered for so long counts for its cache, if nobody expected it. */
export const countsForCacheAfterMs = 1_000;

/** Until when a cache is marked of which a POST is or was held for so long. */
export function cacheSlowUntilMs(heldMs: number, nowMs: number): number {
  return nowMs + markLengthMs(heldMs, cacheOffences);
}

/** Whether a longer mark is worth a write. */
export function isCacheMarkWorn(slowUntilMs: number, heldMs: number, nowMs: number): boolean {
  return 2 * markLeftMs(slowUntilMs, nowMs) <= markLengthMs(heldMs, cacheOffences);
}

interface Answered {
  readonly cacheName: string;
  readonly timeMs: number;
}

const recentMs = 60_000;

/** Tells a cache that is slow from a deployment that is: others must be answered fast meanwhile. */
export interface Neighbours {
  answeredFast(cacheName: string, timeMs: number): void;
  /** Whether any other cache was answered fast lately, as far as this environment knows. */
  areFast(cacheName: string, nowMs: number): boolean;
}

export function openNeighbours(): Neighbours {
  let latest: Answered[] = [];

  return {
    answeredFast(cacheName, timeMs) {
      if (latest[0]?.cacheName === cacheName) latest[0] = { cacheName, timeMs };
      else latest = [{ cacheName, timeMs }, ...latest.slice(0, 1)];
    },
    areFast(cacheName, nowMs) {
      return latest.some(
        (other) => other.cacheName !== cacheName && nowMs - other.timeMs <= recentMs,
      );
    },
  };
}
