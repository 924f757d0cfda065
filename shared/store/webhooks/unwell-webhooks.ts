import * as z from "zod/mini";
import { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { type CachePage, cachePage } from "./cache-list.ts";
import type { WebhookStore } from "./webhook-store.ts";

/** The index of webhooks that may be anything but ok, read in the order in which all webhooks are. */
export interface UnwellWebhooks extends Pick<WebhookStore, "inNameOrder"> {
  /** The caches that may have some. */
  page(after: string | undefined, limit: number): Promise<CachePage>;
}

/** The most keys that one call reads. */
const maxKeys = 100;

export function openUnwellWebhooks(database: Database = dynamoDatabase): UnwellWebhooks {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);

  return {
    page: (after, limit) => cachePage(table, keys.unwellCache("").pk, after, limit),
    async *inNameOrder(cacheName, { after, limit }) {
      const { pk } = keys.unwell(cacheName, "");
      let from = after;
      do {
        const page = await table.query({ pk, after: from, limit: Math.min(limit, maxKeys) });
        const wanted = page.rows.map(({ sk }) => keys.webhook(cacheName, String(sk)));
        const { [tableName]: found = [] } = await database.readAll({ [tableName]: wanted });
        const byKey = new Map(found.map((row) => [row.sk, row]));
        for (const { sk } of wanted) {
          const row = byKey.get(sk);
          if (row) yield z.parse(WebhookRecord, row);
        }
        from = page.last;
      } while (from !== undefined);
    },
  };
}
