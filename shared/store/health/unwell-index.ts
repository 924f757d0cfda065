import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

/**
 * Which webhooks may be anything but ok: all that are not, and some that are ok again. Whoever reads it looks at each
 * webhook's own health.
 */
export interface UnwellIndex {
  /** Comes before the write that makes a webhook unwell, so that a crash in between leaves one too many and none too few. */
  add(webhook: Indexed, nowMs: number): Promise<void>;
}

type Indexed = Pick<WebhookRecord, "webhookId" | "cacheName" | "webhookName">;

/** Nothing younger is taken out of the index. */
export const keptAtLeastMs = 3_600_000;
/**
 * Where failures come and go, an environment writes a webhook's row once in so long. Well below the time for which
 * a row stays, so that clocks may differ.
 */
const believedMs = keptAtLeastMs / 2;
/** Of webhooks and of caches, each. */
const maxRemembered = 10_000;

export function openUnwellIndex(database: Database = dynamoDatabase): UnwellIndex {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const webhooks = new Map<string, number>();
  const caches = new Map<string, number>();

  return {
    async add({ webhookId, cacheName, webhookName }, nowMs) {
      const wanted: Key[] = [];
      if (!isKnown(webhooks, webhookId, nowMs)) wanted.push(keys.unwell(cacheName, webhookName));
      if (!isKnown(caches, cacheName, nowMs)) wanted.push(keys.unwellCache(cacheName));
      if (wanted.length === 0) return;
      await database.writeAll(
        tableName,
        wanted.map((key) => ({ ...key, v: 1, addedTimeMs: nowMs })),
      );
      remember(webhooks, webhookId, nowMs);
      remember(caches, cacheName, nowMs);
    },
  };
}

function isKnown(written: ReadonlyMap<string, number>, name: string, nowMs: number): boolean {
  const ageMs = nowMs - (written.get(name) ?? Number.NEGATIVE_INFINITY);
  return ageMs >= 0 && ageMs < believedMs;
}

function remember(written: Map<string, number>, name: string, nowMs: number): void {
  if (isKnown(written, name, nowMs)) return;
  if (written.size >= maxRemembered) written.clear();
  written.set(name, nowMs);
}
