import * as z from "zod/mini";
import {
  cacheSlowUntilMs,
  countsForCacheAfterMs,
  isCacheMarkWorn,
  markLeftMs,
  slowTogether,
} from "../../domain/breaker/slowness.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";
import { conflict, retryOnConflict } from "../table/table.ts";

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

/** The caches that an operator has stopped. There is one row for all of them, since they are few. */
export interface SuspensionStore {
  /** Whether a cache is suspended, as it was at most half a minute ago. */
  has(cacheName: string): Promise<boolean>;
  suspend(cacheName: string): Promise<void>;
  resume(cacheName: string): Promise<void>;
}

const SuspendedRow = z.object({ version: z.int(), caches: z.array(z.string()) });

/** A function looks again after so long: a stop holds everywhere within a minute, attempts under way included. */
const freshMs = 30_000;

export function openSuspensionStore(
  database: Database = dynamoDatabase,
  now: () => number = Date.now,
): SuspensionStore {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  let known: { readonly caches: Promise<ReadonlySet<string>>; readonly readMs: number } | undefined;

  const read = async () => {
    const row = await table.get(keys.suspensions);
    return row ? z.parse(SuspendedRow, row) : undefined;
  };

  /** One read for all who ask meanwhile; a failed one is not kept. */
  const suspended = (): Promise<ReadonlySet<string>> => {
    const ageMs = known ? now() - known.readMs : Number.POSITIVE_INFINITY;
    if (known && ageMs >= 0 && ageMs < freshMs) return known.caches;
    const caches = read().then((row) => new Set(row?.caches));
    known = { caches, readMs: now() };
    caches.catch(() => {
      known = undefined;
    });
    return caches;
  };

  const change = (cacheName: string, isSuspended: boolean): Promise<void> =>
    retryOnConflict(async () => {
      const before = await read();
      const caches = new Set(before?.caches);
      if (caches.has(cacheName) === isSuspended) return undefined;
      if (isSuspended) caches.add(cacheName);
      else caches.delete(cacheName);
      const row = { v: 1, version: (before?.version ?? 0) + 1, caches: [...caches] };
      const unchanged = before
        ? { text: "version = :version", values: { ":version": before.version } }
        : { text: "attribute_not_exists(pk)" };
      return (await table.put({ ...keys.suspensions, ...row }, unchanged)) ? conflict : undefined;
    });

  return {
    has: async (cacheName) => (await suspended()).has(cacheName),
    suspend: (cacheName) => change(cacheName, true),
    resume: (cacheName) => change(cacheName, false),
  };
}
