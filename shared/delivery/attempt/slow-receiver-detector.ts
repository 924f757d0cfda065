import type { Health } from "../../domain/breaker/health-record.ts";
import { countsForCacheAfterMs } from "../../domain/lanes/cache-pace.ts";
import { isSurprise, markSlow, slowAfterMs } from "../../domain/lanes/slowness.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { CacheWatch } from "../breaker/cache-watch.ts";
import { changeHealth, type HealthDeps } from "../breaker/change-health.ts";

/** Marks the webhooks of a batch whose receivers keep a POST waiting, while it still waits. */
export interface SlowReceiverDetector {
  watch<Answer>(
    webhook: WebhookRecord,
    health: Health | undefined,
    post: Promise<Answer>,
  ): Promise<Answer>;
  /** How a webhook fares, where this batch has marked it. */
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
