import * as z from "zod/mini";
import { shardOf } from "../../domain/hash.ts";
import type { SuppressedWindow } from "../../domain/messages/operational-event.ts";
import { readEnv } from "../../runtime/env.ts";
import { log } from "../../runtime/logger.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

export interface EventBudget {
  /** Whether this environment knows that the cache has had its single events of that minute. */
  isSpent(cacheName: string, startMs: number): boolean;
  /** Takes one of the minute's single events; returns whether there was one left. */
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

export interface SuppressedEvents {
  /** Counts what was not told one by one: one write. */
  add(events: SuppressedWindow): Promise<void>;
  /** Up to 100 windows of the shard that began then or earlier, the earliest first. */
  begunBy(shard: number, timeMs: number): Promise<SuppressedWindow[]>;
  /** Returns whether the window was still as it is given; one that counts more by now stays. */
  remove(window: SuppressedWindow): Promise<boolean>;
}

/** Only ever raised: a sweep looks into each of them. */
export const suppressedShards = 4;

const pageSize = 100;
/** DynamoDB keeps the word to itself. */
const limitedName = { "#limited": "limited" };
const Row = z.object({
  v: z.literal(1),
  cacheName: z.string(),
  startMs: z.int(),
  failed: z.int(),
  disabled: z.int(),
  recovered: z.int(),
  limited: z.optional(z.int()),
  firstMessageId: z.optional(z.string()),
  lastMessageId: z.optional(z.string()),
});

/**
 * Counts that wait for their summary. No TTL: a row goes when its summary was sent, whenever that is.
 * DynamoDB may execute an addition twice whose answer got lost, so counts are never too low.
 */
export function openSuppressedEvents(database: Database = dynamoDatabase): SuppressedEvents {
  const table = database.open(readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE);

  return {
    async add({ cacheName, startMs, counts, firstMessageId, lastMessageId }) {
      const named = firstMessageId !== undefined && lastMessageId !== undefined;
      await table.update(keyOf({ cacheName, startMs }), {
        text:
          "SET v = :v, cacheName = :cacheName, startMs = :startMs" +
          (named
            ? ", firstMessageId = if_not_exists(firstMessageId, :first), lastMessageId = :last"
            : "") +
          " ADD failed :failed, disabled :disabled, recovered :recovered, #limited :limited",
        names: limitedName,
        values: {
          ...{ ":v": 1, ":cacheName": cacheName, ":startMs": startMs },
          ...(named && { ":first": firstMessageId, ":last": lastMessageId }),
          ...countValues(counts),
        },
      });
    },
    async begunBy(shard, timeMs) {
      const { pk } = keys.suppressedEvents(shard, 0, "");
      const page = await table.query({ pk, before: keys.upTo(timeMs), limit: pageSize });
      return page.rows.flatMap(windowOf);
    },
    remove: (window) =>
      table.remove(keyOf(window), {
        text: "failed = :failed AND disabled = :disabled AND recovered = :recovered AND (#limited = :limited OR attribute_not_exists(#limited))",
        names: limitedName,
        values: countValues(window.counts),
      }),
  };
}

function keyOf({ cacheName, startMs }: Pick<SuppressedWindow, "cacheName" | "startMs">) {
  return keys.suppressedEvents(shardOf(cacheName, suppressedShards), startMs, cacheName);
}

function countValues({ failed, disabled, recovered, limited }: SuppressedWindow["counts"]) {
  return {
    ":failed": failed,
    ":disabled": disabled,
    ":recovered": recovered,
    ":limited": limited,
  };
}

/** A row that cannot be read is left where it is and told of: it must not hold up the others. */
function windowOf(row: Readonly<Record<string, unknown>>): SuppressedWindow[] {
  const parsed = z.safeParse(Row, row);
  if (!parsed.success) {
    log("error", "suppressed-events.unreadable", { pk: String(row.pk), sk: String(row.sk) });
    return [];
  }
  const { failed, disabled, recovered, limited = 0, v: _, ...window } = parsed.data;
  return [{ ...window, counts: { failed, disabled, recovered, limited } }];
}
