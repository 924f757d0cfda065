import type { Neighbours } from "../../domain/lanes/cache-pace.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { CacheMarks } from "../../store/health/cache-marks.ts";

/** Marks caches of which many webhooks turn slow at once. Most batches write nothing. */
export interface CacheWatch {
  /** One more webhook of the cache keeps a POST waiting that was thought to be fast. */
  turnedSlow(cacheName: string): void;
  answeredFast(cacheName: string): void;
  /** Resolves when all is written; never throws, since a lost mark costs time only. */
  flush(held: readonly { readonly cacheName: string; readonly heldMs: number }[]): Promise<void>;
}

export interface CacheWatchDeps {
  readonly cacheMarks: Pick<CacheMarks, "isSlow" | "count" | "extend">;
  readonly neighbours: Neighbours;
  readonly timers: Timers;
  readonly now: () => number;
}

/** The POSTs of a batch begin together, so their counts come together and share a write. */
const gatheringMs = 50;

export function openCacheWatch(deps: CacheWatchDeps): CacheWatch {
  const { cacheMarks, neighbours, timers, now } = deps;
  let counts = new Map<string, number>();
  let writing: Promise<void> | undefined;

  const write = async () => {
    await timers.wait(gatheringMs);
    const gathered = counts;
    counts = new Map();
    writing = undefined;
    await Promise.all(
      [...gathered].map(([cacheName, count]) => countQuietly(cacheName, count, deps)),
    );
  };

  return {
    turnedSlow(cacheName) {
      // Where everybody is slow it is us, and where nobody else is there it hurts nobody.
      if (!neighbours.areFast(cacheName, now()) || cacheMarks.isSlow(cacheName, now())) return;
      counts.set(cacheName, (counts.get(cacheName) ?? 0) + 1);
      writing ??= write();
    },
    answeredFast: (cacheName) => neighbours.answeredFast(cacheName, now()),
    async flush(held) {
      await writing;
      const longest = new Map<string, number>();
      for (const { cacheName, heldMs } of held) {
        longest.set(cacheName, Math.max(heldMs, longest.get(cacheName) ?? 0));
      }
      await Promise.all(
        [...longest].map(([cacheName, heldMs]) =>
          quietly(cacheName, () => cacheMarks.extend(cacheName, heldMs, now())),
        ),
      );
    },
  };
}

function countQuietly(
  cacheName: string,
  count: number,
  { cacheMarks, now }: CacheWatchDeps,
): Promise<void> {
  return quietly(cacheName, async () => {
    if (!(await cacheMarks.count(cacheName, count, now()))) return;
    log("warn", "cache.slow", { cacheName });
  });
}

async function quietly(cacheName: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    log("warn", "cache.unrecorded", { cacheName, ...errorFields(error) });
  }
}
