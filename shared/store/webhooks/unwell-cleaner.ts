import * as z from "zod/mini";
import { HealthRecord } from "../../domain/breaker/health-record.ts";
import { mayBeUnwell } from "../../domain/breaker/present-health.ts";
import { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keptAtLeastMs } from "../health/unwell-index.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

/** Takes out of the index what has been ok for long. */
export interface UnwellCleaner {
  /** Resolves to how many rows went. Stops early at a time, and takes up the rest when it is called again. */
  clean(nowMs: number, isOver: () => boolean): Promise<number>;
}

/** The most keys that one call reads. */
const maxKeys = 100;

const IndexRow = z.object({ pk: z.string(), sk: z.string(), addedTimeMs: z.int() });
type IndexRow = z.infer<typeof IndexRow>;

export function openUnwellCleaner(database: Database = dynamoDatabase): UnwellCleaner {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);

  async function* rowsOf(pk: string): AsyncGenerator<IndexRow[]> {
    let after: string | undefined;
    do {
      const { rows, last } = await table.query({ pk, after, limit: maxKeys });
      yield rows.map((row) => z.parse(IndexRow, row));
      after = last;
    } while (after !== undefined);
  }

  /** Unless it was added again meanwhile: then its webhook is about to be unwell. */
  const remove = ({ pk, sk, addedTimeMs }: IndexRow) =>
    table.remove({ pk, sk }, { text: "addedTimeMs = :added", values: { ":added": addedTimeMs } });

  const areWell = async (cacheName: string, rows: readonly IndexRow[]): Promise<IndexRow[]> => {
    const read = async (wanted: readonly Key[]) =>
      (await database.readAll({ [tableName]: wanted }))[tableName] ?? [];
    const found = await read(rows.map(({ sk }) => keys.webhook(cacheName, sk)));
    const webhooks = found.map((row) => z.parse(WebhookRecord, row));
    const healths = await read(webhooks.map(({ webhookId }) => keys.health(webhookId)));
    const byId = new Map(healths.map((row) => [row.webhookId, z.parse(HealthRecord, row)]));
    const unwell = webhooks.filter((webhook) => mayBeUnwell(webhook, byId.get(webhook.webhookId)));
    const names = new Set(unwell.map(({ webhookName }) => webhookName));
    return rows.filter(({ sk }) => !names.has(sk));
  };

  const cleanCache = async (cache: IndexRow, nowMs: number): Promise<number> => {
    let [left, gone] = [0, 0];
    for await (const rows of rowsOf(keys.unwell(cache.sk, "").pk)) {
      const old = rows.filter((row) => isOld(row, nowMs));
      const well = old.length > 0 ? await areWell(cache.sk, old) : [];
      const removed = await Promise.all(well.map(remove));
      const count = removed.filter(Boolean).length;
      gone += count;
      left += rows.length - count;
    }
    if (left > 0 || !isOld(cache, nowMs)) return gone;
    return gone + ((await remove(cache)) ? 1 : 0);
  };

  return {
    async clean(nowMs, isOver) {
      let gone = 0;
      for await (const caches of rowsOf(keys.unwellCache("").pk)) {
        for (const cache of caches) {
          if (isOver()) return gone;
          gone += await cleanCache(cache, nowMs);
        }
      }
      return gone;
    },
  };
}

function isOld({ addedTimeMs }: IndexRow, nowMs: number): boolean {
  return nowMs - addedTimeMs > keptAtLeastMs;
}
