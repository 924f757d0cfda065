import { type Counts, packCounts } from "../../domain/stats/counts.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Expression, Row } from "../table/rows.ts";

/** Counts a webhook's deliveries by the minute. A row holds ten minutes, so that one update counts a batch. */
export interface StatsCounter {
  /** One call, or none where the deployment counts nothing. What SQS hands out twice counts twice. */
  add(webhookId: string, batch: CountedBatch): Promise<void>;
}

export interface CountedBatch {
  readonly minutes: readonly CountedMinute[];
  /** Undefined where deliveries ended without an attempt. */
  readonly latest: LatestAttempts | undefined;
}

export interface CountedMinute {
  readonly startMs: number;
  readonly counts: Counts;
}

/** What came of a webhook's last attempts. */
export interface LatestAttempts {
  readonly lastAttemptMs: number;
  /** Undefined where none is known. */
  readonly lastSuccessMs?: number | undefined;
  readonly lastStatusCode: number | null;
  /** Null after a success. */
  readonly lastError: string | null;
}

export const minuteMs = 60_000;
export const minutesInRow = 10;
export const rowMs = minutesInRow * minuteMs;
const statsKeptDays = 30;
/** A row must stay within one write unit: all else in it needs no more than 800 bytes. */
const maxErrorBytes = 200;

export function openStatsCounter(database: Database = dynamoDatabase): StatsCounter {
  const { DELIVERIES_TABLE, DELIVERY_STATS: isOn } = readEnv("DELIVERIES_TABLE", "DELIVERY_STATS");
  const table = database.open(DELIVERIES_TABLE);
  return {
    async add(webhookId, batch) {
      if (!isOn || batch.minutes.length === 0) return;
      const newestMs = Math.max(...batch.minutes.map(({ startMs }) => startMs));
      const row = Math.floor(newestMs / rowMs);
      await table.update(keys.stats(webhookId, row), counting(row, batch));
    },
  };
}

/** What a minute's numbers are called in its row. */
export function minuteNames(minute: number) {
  return { counters: `c${minute}`, fast: `f${minute}`, slow: `s${minute}` } as const;
}

function counting(row: number, { minutes, latest }: CountedBatch): Expression {
  const sets: Row = {
    v: 1,
    expiresAt: ((row + 1) * rowMs) / 1000 + statsKeptDays * 86_400,
    ...(latest && latestAttributes(latest)),
  };
  const adds = sums(row, minutes);
  const values = Object.entries({ ...sets, ...adds }).map(([name, value]) => [`:${name}`, value]);
  const assigned = Object.keys(sets).map((name) => `${name} = :${name}`);
  const added = Object.keys(adds).map((name) => `${name} :${name}`);
  return {
    text: `SET ${assigned.join(", ")} ADD ${added.join(", ")}`,
    values: Object.fromEntries(values),
  };
}

function latestAttributes({ lastError, lastSuccessMs, ...latest }: LatestAttempts): Row {
  return {
    ...latest,
    lastError: lastError === null ? null : cut(lastError),
    ...(lastSuccessMs !== undefined && { lastSuccessMs }),
  };
}

/** All in one row: what a batch has of the ten minutes before counts for the row's first minute. */
function sums(row: number, minutes: readonly CountedMinute[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { startMs, counts } of minutes) {
    const minute = Math.max(0, Math.floor(startMs / minuteMs) - row * minutesInRow);
    const names = minuteNames(minute);
    const { counters, fast, slow } = packCounts(counts);
    const found: [string, bigint][] = [
      [names.counters, counters],
      [names.fast, fast],
      [names.slow, slow],
      ["delivered", BigInt(counts.counters["2xx"])],
      ["failed", BigInt(counts.counters.failed)],
    ];
    for (const [name, more] of found) if (more > 0n) sums[name] = (sums[name] ?? 0n) + more;
  }
  return sums;
}

function cut(error: string): string {
  if (Buffer.byteLength(error) <= maxErrorBytes) return error;
  const bytes = Buffer.from(error).subarray(0, maxErrorBytes);
  // A character that was cut in two is left out.
  return new TextDecoder().decode(bytes, { stream: true });
}
