import * as z from "zod/mini";
import {
  cacheSlowUntilMs,
  countsForCacheAfterMs,
  isCacheMarkWorn,
  slowTogether,
} from "../../domain/lanes/cache-pace.ts";
import { markLeftMs } from "../../domain/lanes/slowness.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/dynamodb.ts";

/**
 * Which caches are slow as a whole. An environment asks at most every ten seconds for one, together with what
 * its batch reads anyway, so a mark costs no call and next to no read units.
 */
export interface CacheMarks {
  /** Those of the caches that must be asked for. */
  unknown(cacheNames: readonly string[], nowMs: number): string[];
  /** What the table has of caches that were asked for: rows that it lacks say that they are well. */
  learn(cacheNames: readonly string[], rows: readonly Row[], nowMs: number): void;
  isSlow(cacheName: string, nowMs: number): boolean;
  /** Counts webhooks that turned slow just now. Returns whether it was this that marked the cache. */
  count(cacheName: string, howMany: number, nowMs: number): Promise<boolean>;
  /** Makes the mark of a marked cache as long as a POST has earned. */
  extend(cacheName: string, heldMs: number, nowMs: number): Promise<void>;
}

const CacheMark = z.object({ cacheName: z.string(), slowUntilMs: z.int() });
const CounterRow = z.object({ count: z.int() });
const believedMs = 10_000;
const minuteMs = 60_000;
const keptSeconds = 3600;
/** Caches that one environment remembers; more than it meets within ten seconds. */
const maxRemembered = 1_000;

interface Known {
  readonly slowUntilMs: number;
  readonly askedMs: number;
}

export function openCacheMarks(database: Database = dynamoDatabase): CacheMarks {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  const known = new Map<string, Known>();

  const remember = (cacheName: string, slowUntilMs: number, askedMs: number) => {
    known.delete(cacheName);
    known.set(cacheName, { slowUntilMs, askedMs });
    if (known.size > maxRemembered) known.delete(known.keys().next().value ?? cacheName);
  };

  /** Says until when the cache is marked as far as it was written here; another may have marked it longer. */
  const mark = async (cacheName: string, heldMs: number, nowMs: number) => {
    const slowUntilMs = cacheSlowUntilMs(heldMs, nowMs);
    const written = await table.update(
      keys.cacheMark(cacheName),
      {
        text: "SET v = :v, cacheName = :cacheName, slowUntilMs = :until, expiresAt = :expiresAt",
        values: {
          ":v": 1,
          ":cacheName": cacheName,
          ":until": slowUntilMs,
          ":expiresAt": Math.ceil(slowUntilMs / 1000) + keptSeconds,
        },
      },
      {
        text: "attribute_not_exists(slowUntilMs) OR slowUntilMs < :worn OR slowUntilMs > :jumped",
        values: {
          ":worn": (nowMs + slowUntilMs) / 2,
          ":jumped": cacheSlowUntilMs(Number.MAX_SAFE_INTEGER, nowMs) + minuteMs,
        },
      },
    );
    remember(cacheName, slowUntilMs, nowMs);
    return written !== undefined;
  };

  return {
    unknown: (cacheNames, nowMs) =>
      cacheNames.filter((cacheName) => {
        const age = nowMs - (known.get(cacheName)?.askedMs ?? Number.NEGATIVE_INFINITY);
        return age < 0 || age >= believedMs;
      }),
    learn(cacheNames, rows, nowMs) {
      // A row that cannot be read must not keep a batch from being delivered.
      const marks = rows.flatMap((row) => z.safeParse(CacheMark, row).data ?? []);
      const untilOf = new Map(marks.map(({ cacheName, slowUntilMs }) => [cacheName, slowUntilMs]));
      for (const cacheName of cacheNames) remember(cacheName, untilOf.get(cacheName) ?? 0, nowMs);
    },
    isSlow: (cacheName, nowMs) => markLeftMs(known.get(cacheName)?.slowUntilMs, nowMs) > 0,
    async count(cacheName, howMany, nowMs) {
      const minute = Math.floor(nowMs / minuteMs);
      const row = await table.update(keys.slowCount(cacheName, minute), {
        text: "ADD #count :howMany SET expiresAt = :expiresAt",
        names: { "#count": "count" },
        values: { ":howMany": howMany, ":expiresAt": minute * 60 + keptSeconds },
      });
      const { count } = z.parse(CounterRow, row);
      return count >= slowTogether && mark(cacheName, countsForCacheAfterMs, nowMs);
    },
    async extend(cacheName, heldMs, nowMs) {
      const { slowUntilMs = 0 } = known.get(cacheName) ?? {};
      if (markLeftMs(slowUntilMs, nowMs) === 0) return;
      if (isCacheMarkWorn(slowUntilMs, heldMs, nowMs)) await mark(cacheName, heldMs, nowMs);
    },
  };
}
