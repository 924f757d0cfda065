import * as z from "zod/mini";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

export interface EventBudget {
  /** Whether this environment knows that the cache has had its single events of that minute. */
  isSpent(cacheName: string, startMs: number): boolean;
  /** Takes one of the minute's single events; answers whether there was one left. */
  take(cacheName: string, startMs: number): Promise<boolean>;
}

const rowLifetimeSeconds = 3600;
const CounterRow = z.object({ count: z.int() });

/** Single events a cache and minute, of all environments together: one conditional write for each. */
export function openEventBudget(database: Database = dynamoDatabase): EventBudget {
  const env = readEnv("MESSAGES_TABLE", "EVENTS_PER_CACHE_PER_MINUTE");
  const perMinute = env.EVENTS_PER_CACHE_PER_MINUTE;
  const table = database.open(env.MESSAGES_TABLE);
  let spent: { readonly startMs: number; readonly caches: Set<string> } | undefined;

  const note = (cacheName: string, startMs: number) => {
    if (spent?.startMs !== startMs) spent = { startMs, caches: new Set() };
    spent.caches.add(cacheName);
  };

  return {
    isSpent: (cacheName, startMs) => spent?.startMs === startMs && spent.caches.has(cacheName),
    async take(cacheName, startMs) {
      const row = await table.update(
        keys.eventBudget(cacheName, startMs),
        {
          text: "ADD #count :one SET expiresAt = :expiresAt",
          names: { "#count": "count" },
          values: { ":one": 1, ":expiresAt": Math.floor(startMs / 1000) + rowLifetimeSeconds },
        },
        { text: "attribute_not_exists(#count) OR #count < :most", values: { ":most": perMinute } },
      );
      if (!row || z.parse(CounterRow, row).count >= perMinute) note(cacheName, startMs);
      return row !== undefined;
    },
  };
}
