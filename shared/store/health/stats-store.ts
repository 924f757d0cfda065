import * as z from "zod/mini";
import { unpackCounts } from "../../domain/stats/counts.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { QueryOptions, Row } from "../table/rows.ts";
import {
  type CountedMinute,
  type LatestAttempts,
  minuteMs,
  minuteNames,
  minutesInRow,
  rowMs,
} from "./stats-counter.ts";

/** How webhooks' deliveries went, as far as it was counted. */
export interface StatsStore {
  /** Whether this deployment counts at all; where it does not, nothing is found. */
  readonly isOn: boolean;
  /**
   * What came of the last attempts. Of a webhook that fails, the last success is found by the time since which it
   * fails; such a webhook costs two calls.
   */
  latest(webhookId: string, failingSinceMs?: number | null): Promise<LatestAttempts | undefined>;
  /** The minutes with anything to count, oldest first. */
  minutes(webhookId: string, span: Span): Promise<CountedMinute[]>;
  /** By ten minutes, likewise: attempts that were a success, and deliveries that ended as failed. */
  totals(webhookId: string, span: Span): Promise<Totals[]>;
}

/** From a time on, until before another one. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Totals {
  readonly startMs: number;
  readonly delivered: number;
  readonly failed: number;
}

const LatestRow = z.object({
  lastAttemptMs: z.int(),
  lastSuccessMs: z.optional(z.int()),
  lastStatusCode: z.nullable(z.int()),
  lastError: z.nullable(z.string()),
});
const TotalsRow = z.object({
  sk: z.string(),
  delivered: z.optional(z.int()),
  failed: z.optional(z.int()),
});
/** Numbers with more digits than a double holds come as big integers. */
const Packed = z.optional(z.union([z.int(), z.bigint()]));

export function openStatsStore(database: Database = dynamoDatabase): StatsStore {
  const { DELIVERIES_TABLE, DELIVERY_STATS: isOn } = readEnv("DELIVERIES_TABLE", "DELIVERY_STATS");
  const table = database.open(DELIVERIES_TABLE);

  const read = async (webhookId: string, options: Omit<QueryOptions, "pk">): Promise<Row[]> => {
    if (!isOn) return [];
    const { pk } = keys.stats(webhookId, 0);
    const rows: Row[] = [];
    let after: string | undefined;
    do {
      const page = await table.query({ ...options, pk, after, isEventual: true });
      rows.push(...page.rows);
      after = options.limit === undefined ? page.last : undefined;
    } while (after !== undefined);
    return rows;
  };
  const newest = async (webhookId: string, untilMs: number, limit: number) => {
    const rows = await read(webhookId, { newestOf: [keyOf(0), keyOf(untilMs)], limit });
    return rows.flatMap((row) => z.safeParse(LatestRow, row).data ?? []);
  };

  return {
    isOn,
    async latest(webhookId, failingSinceMs) {
      const [latest] = await newest(webhookId, endOfTimeMs, 1);
      if (!latest || latest.lastSuccessMs !== undefined) return latest;
      // Nothing lies between a success and the failure after it: it is in the failure's row, or in the one before.
      const before = await newest(webhookId, failingSinceMs ?? latest.lastAttemptMs, 2);
      const success = before.find(({ lastSuccessMs }) => lastSuccessMs !== undefined);
      return { ...latest, lastSuccessMs: success?.lastSuccessMs };
    },
    async minutes(webhookId, span) {
      const rows = await read(webhookId, { oldestOf: keysOf(span) });
      const isWithin = ({ startMs }: CountedMinute) =>
        startMs >= span.fromMs && startMs < span.untilMs;
      return rows.flatMap(minutesOf).filter(isWithin);
    },
    async totals(webhookId, span) {
      const attributes = ["sk", "delivered", "failed"];
      const rows = await read(webhookId, { oldestOf: keysOf(span), attributes });
      return rows.map((row) => {
        const { sk, delivered = 0, failed = 0 } = z.parse(TotalsRow, row);
        return { startMs: Number(sk) * rowMs, delivered, failed };
      });
    },
  };
}

/** Later than any clock, and as many digits as a key has. */
const endOfTimeMs = 99_999_999 * rowMs;

function keyOf(timeMs: number): string {
  return keys.stats("", Math.floor(timeMs / rowMs)).sk;
}

function keysOf({ fromMs, untilMs }: Span): [string, string] {
  return [keyOf(fromMs), keyOf(untilMs - 1)];
}

function minutesOf(row: Row): CountedMinute[] {
  const firstMs = Number(row.sk) * rowMs;
  return Array.from({ length: minutesInRow }, (_, minute) => minute).flatMap((minute) => {
    const { counters, fast, slow } = minuteNames(minute);
    const numberOf = (name: string) => BigInt(z.parse(Packed, row[name]) ?? 0);
    const packed = { counters: numberOf(counters), fast: numberOf(fast), slow: numberOf(slow) };
    if (packed.counters === 0n) return [];
    return [{ startMs: firstMs + minute * minuteMs, counts: unpackCounts(packed) }];
  });
}
