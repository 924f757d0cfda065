import * as z from "zod/mini";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Table } from "../table/table.ts";

export interface CachePage {
  readonly cacheNames: string[];
  /** The name to go on behind, or undefined at the end. */
  readonly last: string | undefined;
}

/** Which caches there are: those in which a webhook was put, until they are erased. */
export interface CacheList {
  /** All of them in the order of their names. */
  page(after: string | undefined, limit: number): Promise<CachePage>;
  /** Those of these that there are, in the order in which they were given. */
  existing(cacheNames: readonly string[]): Promise<string[]>;
  /** How many webhooks there are in these caches together. */
  countWebhooks(cacheNames: readonly string[]): Promise<number>;
}

/** The most keys that one call reads. */
const maxKeys = 100;

const CountRow = z.object({ count: z.int() });

export function openCacheList(database: Database = dynamoDatabase): CacheList {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);

  const rowsOf = async (wanted: readonly Key[]) => {
    const batches = Array.from({ length: Math.ceil(wanted.length / maxKeys) }, (_, n) =>
      database.readAll({ [tableName]: wanted.slice(n * maxKeys, (n + 1) * maxKeys) }),
    );
    return (await Promise.all(batches)).flatMap((found) => found[tableName] ?? []);
  };

  return {
    page: (after, limit) => cachePage(table, keys.cache("").pk, after, limit),
    async existing(cacheNames) {
      const rows = await rowsOf(cacheNames.map(keys.cache));
      const found = new Set(rows.map(({ sk }) => String(sk)));
      return cacheNames.filter((cacheName) => found.has(cacheName));
    },
    async countWebhooks(cacheNames) {
      const rows = await rowsOf(cacheNames.map(keys.webhookCount));
      return rows.reduce((sum, row) => sum + z.parse(CountRow, row).count, 0);
    },
  };
}

/** A page of a partition whose sort keys are the names of caches. */
export async function cachePage(
  table: Pick<Table, "query">,
  pk: string,
  after: string | undefined,
  limit: number,
): Promise<CachePage> {
  const { rows, last } = await table.query({ pk, after, limit: limit + 1 });
  const all = rows.map(({ sk }) => String(sk));
  const cacheNames = all.slice(0, limit);
  return { cacheNames, last: all.length > limit ? cacheNames.at(-1) : last };
}
