import * as z from "zod/mini";
import { IdRow, WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

export interface FormerWebhook extends IdRow {
  readonly webhookId: string;
}

export interface FormerPage {
  readonly webhooks: FormerWebhook[];
  /** The id to go on behind, or undefined at the end. */
  readonly last: string | undefined;
}

/** The webhooks that a topic has had and has no more, for as long as the log of their deliveries is kept. */
export interface FormerWebhooks {
  /** In the order of their ids; at most 100. */
  page(
    cacheName: string,
    topicName: string,
    after: string | undefined,
    limit: number,
  ): Promise<FormerPage>;
  /** Which topic each has now or, if it was deleted, had last, by its id; for at most 100 of them. */
  topicsOf(webhooks: readonly FormerWebhook[]): Promise<Map<string, string>>;
}

const Found = z.extend(IdRow, { pk: z.string() });

export function openFormerWebhooks(database: Database = dynamoDatabase): FormerWebhooks {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);

  return {
    async page(cacheName, topicName, after, limit) {
      const { pk } = keys.former(cacheName, topicName, "");
      const { rows, last } = await table.query({ pk, after, limit: Math.min(limit, 100) });
      const ids = rows.map(({ sk }) => String(sk));
      const { [tableName]: found = [] } = await database.readAll({
        [tableName]: ids.map(keys.webhookId),
      });
      const homes = new Map(found.map((row) => [row.pk, z.parse(Found, row)]));
      const webhooks = ids.flatMap((webhookId) => {
        const home = homes.get(keys.webhookId(webhookId).pk);
        return home ? [{ ...home, webhookId }] : [];
      });
      return { webhooks, last };
    },
    async topicsOf(webhooks) {
      const alive = webhooks.filter(({ deletedTimeMs }) => deletedTimeMs === undefined);
      const { [tableName]: found = [] } = await database.readAll({
        [tableName]: alive.map(({ cacheName, webhookName }) =>
          keys.webhook(cacheName, webhookName),
        ),
      });
      const records = found.map((row) => z.parse(WebhookRecord, row));
      const ended = webhooks.filter(({ deletedTimeMs }) => deletedTimeMs !== undefined);
      return new Map([
        ...ended.flatMap(({ webhookId, topicName }) =>
          topicName === undefined ? [] : [[webhookId, topicName] as const],
        ),
        ...records.map(({ webhookId, topicName }) => [webhookId, topicName] as const),
      ]);
    },
  };
}
