import * as z from "zod/mini";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { conflict, retryOnConflict } from "../table/retry-on-conflict.ts";

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
