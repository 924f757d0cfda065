import type { Health } from "../../domain/breaker/health-record.ts";
import {
  countsForCacheAfterMs,
  isSurprise,
  markSlow,
  type Neighbours,
  slowAfterMs,
} from "../../domain/breaker/slowness.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { CacheMarks } from "../../store/health/cache-state.ts";
import { changeHealth, type HealthDeps } from "../breaker/change-health.ts";

/** Marks the webhooks of a batch whose receivers keep a POST waiting, while it still waits. */
export interface SlowReceiverDetector {
  watch<Answer>(
    webhook: WebhookRecord,
    health: Health | undefined,
    post: Promise<Answer>,
  ): Promise<Answer>;
  /** A webhook's health, where this batch has marked it. */
  healthOf(webhookId: string): Health | undefined;
  /** Resolves when every mark is written; never throws, since a lost mark costs time only. */
  flush(): Promise<void>;
}

export interface SlowReceiverDetectorDeps extends HealthDeps {
  readonly timers: Timers;
}

/** What a batch knows of a webhook that keeps it waiting. */
interface Slow {
  readonly webhook: WebhookRecord;
  health: Health | undefined;
  heldMs: number;
  isSurprise: boolean;
  isCounted: boolean;
  writing: Promise<void>;
}

export function createSlowReceiverDetector(
  deps: SlowReceiverDetectorDeps,
  caches: CacheWatch,
): SlowReceiverDetector {
  const slow = new Map<string, Slow>();

  const mark = (webhook: WebhookRecord, health: Health | undefined) => {
    const known = slow.get(webhook.webhookId);
    if (known) return known;
    const once = { isSurprise: false, isCounted: false, writing: Promise.resolve() };
    const entry: Slow = { webhook, health, heldMs: slowAfterMs, ...once };
    slow.set(webhook.webhookId, entry);
    entry.writing = write(entry, deps);
    return entry;
  };

  const count = async (entry: Slow | undefined) => {
    await entry?.writing;
    if (!entry?.isSurprise || entry.isCounted) return;
    entry.isCounted = true;
    caches.turnedSlow(entry.webhook.cacheName);
  };

  return {
    async watch(webhook, health, post) {
      const { webhookId, cacheName } = webhook;
      const beganMs = deps.now();
      const cancelMark = deps.timers.after(slowAfterMs, () => mark(webhook, health));
      const cancelCount = deps.timers.after(
        countsForCacheAfterMs,
        () => void count(slow.get(webhookId)),
      );
      try {
        return await post;
      } finally {
        cancelMark();
        cancelCount();
        const heldMs = deps.now() - beganMs;
        const entry = slow.get(webhookId);
        if (entry) entry.heldMs = Math.max(entry.heldMs, heldMs);
        else caches.answeredFast(cacheName);
      }
    },
    healthOf: (webhookId) => slow.get(webhookId)?.health,
    async flush() {
      await Promise.all([...slow.values()].map(({ writing }) => writing));
      await Promise.all([...slow.values()].map((entry) => write(entry, deps)));
      await caches.flush(
        [...slow.values()]
          .filter(({ isCounted }) => isCounted)
          .map(({ webhook, heldMs }) => ({ cacheName: webhook.cacheName, heldMs })),
      );
    },
  };
}

/** Writes a mark of as long as the POST has been held so far; nothing while an earlier one is fresh. */
async function write(entry: Slow, deps: HealthDeps): Promise<void> {
  const { webhook } = entry;
  try {
    if (await change(entry, deps)) return;
    // Somebody else has written: often the same mark, and then there is nothing left to write.
    entry.health = await deps.healths.find(webhook.webhookId);
    await change(entry, deps);
  } catch (error) {
    log("warn", "health.unrecorded", { webhookId: webhook.webhookId, ...errorFields(error) });
  }
}

async function change(entry: Slow, deps: HealthDeps): Promise<boolean> {
  const nowMs = deps.now();
  const { webhook, health, heldMs } = entry;
  const after = markSlow(health, heldMs, nowMs);
  if (!(await changeHealth(webhook, health, after, deps))) return false;
  entry.isSurprise ||= isSurprise(health, nowMs);
  entry.health = after;
  return true;
}

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
