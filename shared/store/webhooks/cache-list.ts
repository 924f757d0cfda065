import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

interface CachePage {
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
}

/** The most keys that one call reads. */
const maxKeys = 100;

export function openCacheList(database: Database = dynamoDatabase): CacheList {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);

  return {
    async page(after, limit) {
      const { pk } = keys.cache("");
      const { rows, last } = await table.query({ pk, after, limit: limit + 1 });
      const all = rows.map(({ sk }) => String(sk));
      const cacheNames = all.slice(0, limit);
      return { cacheNames, last: all.length > limit ? cacheNames.at(-1) : last };
    },
    async existing(cacheNames) {
      const batches = Array.from({ length: Math.ceil(cacheNames.length / maxKeys) }, (_, n) => {
        const names = cacheNames.slice(n * maxKeys, (n + 1) * maxKeys);
        return database.readAll({ [tableName]: names.map(keys.cache) });
      });
      const rows = (await Promise.all(batches)).flatMap((found) => found[tableName] ?? []);
      const found = new Set(rows.map(({ sk }) => String(sk)));
      return cacheNames.filter((cacheName) => found.has(cacheName));
    },
  };
}
