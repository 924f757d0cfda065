import * as z from "zod/mini";
import { AppError } from "../../domain/app-error.ts";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Table } from "../table/table.ts";

export interface MinuteQuota {
  /** Counts so many of a name in this minute; throws when they are more than it has left. */
  take(name: string, howMany: number, nowMs: number): Promise<void>;
}

interface Limit {
  readonly perMinute: number;
  /** How many an environment takes ahead of need; what it leaves unused is lost to the others. */
  readonly block: number;
  readonly keyOf: (name: string, minute: number) => Key;
  /** What whoever has used it up is told. */
  readonly message: string;
}

/** What this environment may still let through for a name in one minute. */
interface Lease {
  readonly minute: number;
  left: number;
  /** The deployment has no more for this minute: there is nothing to ask for. */
  isLast: boolean;
}

const minuteMs = 60_000;
const rowLifetimeSeconds = 3600;
const CounterRow = z.object({ count: z.int() });

/** A count per name and minute, in a row that all environments share. */
function openMinuteQuota(table: Table, limit: Limit): MinuteQuota {
  const leases = new Map<string, Lease>();

  return {
    async take(name, howMany, nowMs) {
      const minute = Math.floor(nowMs / minuteMs);
      const known = leases.get(name);
      const lease = known?.minute === minute ? known : { minute, left: 0, isLast: false };
      leases.set(name, lease);

      const missing = howMany - lease.left;
      if (missing > 0 && !lease.isLast) {
        const wanted = Math.max(missing, limit.block);
        const granted = await grant(table, limit, limit.keyOf(name, minute), minute, wanted);
        lease.left += granted;
        lease.isLast = granted < wanted;
      }
      if (lease.left < howMany) {
        const retryAfterSeconds = Math.ceil(((minute + 1) * minuteMs - nowMs) / 1000);
        throw new AppError("LIMIT_EXCEEDED_ERROR", limit.message, { retryAfterSeconds });
      }
      lease.left -= howMany;
    },
  };
}

/** Adds what is asked for to the counter, unless that is full. Returns how much of it lies within the quota. */
async function grant(
  table: Table,
  { perMinute }: Limit,
  key: Key,
  minute: number,
  wanted: number,
): Promise<number> {
  const row = await table.update(
    key,
    {
      text: "ADD #count :wanted SET expiresAt = :expiresAt",
      names: { "#count": "count" },
      values: { ":wanted": wanted, ":expiresAt": minute * 60 + rowLifetimeSeconds },
    },
    { text: "attribute_not_exists(#count) OR #count < :most", values: { ":most": perMinute } },
  );
  if (!row) return 0;
  const { count } = z.parse(CounterRow, row);
  return Math.max(0, wanted - Math.max(0, count - perMinute));
}

/** Publishes per key and minute. */
export type PublishQuota = MinuteQuota;

/** A key's minute costs about so many writes at most, however many publishes and environments share it. */
const publishBlocksPerMinute = 50;

/** Environments take publishes in blocks, ahead of need, so that most publishes write nothing. */
export function openPublishQuota(database: Database = dynamoDatabase): PublishQuota {
  const env = readEnv("MESSAGES_TABLE", "PUBLISHES_PER_KEY_PER_MINUTE");
  const perMinute = env.PUBLISHES_PER_KEY_PER_MINUTE;
  if (perMinute === 0) return { take: async () => {} };
  return openMinuteQuota(database.open(env.MESSAGES_TABLE), {
    perMinute,
    block: Math.ceil(perMinute / publishBlocksPerMinute),
    keyOf: keys.publishQuota,
    message: `a key publishes at most ${perMinute} messages a minute`,
  });
}

/** Messages of ingest sources and minute, by what stands for their key; a source without a bound has no row. */
export function openIngestQuota(
  bounds: ReadonlyMap<string, number | undefined>,
  database: Database = dynamoDatabase,
): MinuteQuota {
  const table = database.open(readEnv("MESSAGES_TABLE").MESSAGES_TABLE);
  const quotas = new Map<string, MinuteQuota>();
  for (const [name, perMinute] of bounds) {
    if (perMinute === undefined) continue;
    const block = Math.ceil(perMinute / publishBlocksPerMinute);
    const message = `the source publishes at most ${perMinute} messages a minute`;
    quotas.set(
      name,
      openMinuteQuota(table, { perMinute, block, keyOf: keys.publishQuota, message }),
    );
  }
  return { take: async (name, howMany, nowMs) => quotas.get(name)?.take(name, howMany, nowMs) };
}

/** Forwarded messages per cache and minute. */
export type HopQuota = MinuteQuota;

/** Few, so that an environment leaves little unused: there are not many to be had. */
const hopBlocksPerMinute = 1000;

export function openHopQuota(database: Database = dynamoDatabase): HopQuota {
  const env = readEnv("MESSAGES_TABLE", "HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE");
  const perMinute = env.HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE;
  return openMinuteQuota(database.open(env.MESSAGES_TABLE), {
    perMinute,
    block: Math.ceil(perMinute / hopBlocksPerMinute),
    keyOf: keys.hopQuota,
    message: `a cache takes at most ${perMinute} forwarded messages a minute`,
  });
}

export interface TestRate {
  /** Counts one test event of a key; throws when they come faster than a key may send them. */
  take(keyId: string, nowMs: number): Promise<void>;
}

const intervalMs = 1_000;
const burst = 5;
/** Further ahead than any two clocks are apart: what says so was written before a clock jumped back. */
const absurdMs = 60_000;

/**
 * A token bucket of each key, as one time: when it will be full again. Each test moves it ahead by the time
 * that one token takes. No write reads first, so those that come at once are counted one behind the other.
 */
export function openTestRate(database: Database = dynamoDatabase): TestRate {
  const table = database.open(readEnv("MESSAGES_TABLE").MESSAGES_TABLE);

  return {
    async take(keyId, nowMs) {
      const key = keys.testRate(keyId);
      const expiresAt = Math.ceil(nowMs / 1_000) + rowLifetimeSeconds;
      const fromFull = await table.update(
        key,
        {
          text: "SET fullTimeMs = :next, expiresAt = :expiresAt",
          values: { ":next": nowMs + intervalMs, ":expiresAt": expiresAt },
        },
        {
          text: "attribute_not_exists(fullTimeMs) OR fullTimeMs <= :now OR fullTimeMs > :absurd",
          values: { ":now": nowMs, ":absurd": nowMs + burst * intervalMs + absurdMs },
        },
      );
      if (fromFull) return;
      const fromRest = await table.update(
        key,
        {
          text: "SET fullTimeMs = fullTimeMs + :interval, expiresAt = :expiresAt",
          values: { ":interval": intervalMs, ":expiresAt": expiresAt },
        },
        { text: "fullTimeMs <= :latest", values: { ":latest": nowMs + (burst - 1) * intervalMs } },
      );
      if (fromRest) return;
      const message = `a key sends at most one test event a second, and ${burst} at once`;
      throw new AppError("LIMIT_EXCEEDED_ERROR", message, { retryAfterSeconds: 1 });
    },
  };
}
