import * as z from "zod/mini";
import { IdRow, Subscription, WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

export interface ListOptions {
  /** The name to go on behind. */
  readonly after?: string | undefined;
  /** How many rows one read asks for. */
  readonly limit: number;
}

export interface Subscribers {
  readonly subscriptions: Subscription[];
  /** Whether a webhook of the topic needs messages to be numbered; known on the first page only. */
  readonly numbered: boolean;
  /** The webhook's name to go on behind, or undefined at the end. */
  readonly last: string | undefined;
}

export interface WebhookStore {
  find(cacheName: string, webhookName: string): Promise<WebhookRecord | undefined>;
  /** Where the webhook of that id is or was: also of one that was deleted, while its log is kept. */
  findLocation(webhookId: string): Promise<IdRow | undefined>;
  findById(webhookId: string): Promise<WebhookRecord | undefined>;
  /** Every webhook of the cache in name order, read page by page as they are taken. */
  inNameOrder(cacheName: string, options: ListOptions): AsyncIterable<WebhookRecord>;
  subscribers(cacheName: string, topicName: string, options: ListOptions): Promise<Subscribers>;
}

const TopicFlags = z.object({ momento: z.optional(z.int()) });
const sortKeyPrefix = "webhook/";

/** Reads of webhooks; each is consistent, so that a publish sees every webhook that was put before it. */
export function openWebhookStore(database: Database = dynamoDatabase): WebhookStore {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);

  const find: WebhookStore["find"] = async (cacheName, webhookName) => {
    const row = await table.get(keys.webhook(cacheName, webhookName));
    return row && z.parse(WebhookRecord, row);
  };

  const findLocation: WebhookStore["findLocation"] = async (webhookId) => {
    const row = await table.get(keys.webhookId(webhookId));
    return row && z.parse(IdRow, row);
  };

  return {
    find,
    findLocation,
    async findById(webhookId) {
      const home = await findLocation(webhookId);
      if (!home || home.deletedTimeMs !== undefined) return undefined;
      const webhook = await find(home.cacheName, home.webhookName);
      return webhook?.webhookId === webhookId ? webhook : undefined;
    },
    async *inNameOrder(cacheName, { after, limit }) {
      const { pk, prefix } = keys.webhooksOfCache(cacheName);
      let from = sortKey(after);
      do {
        const page = await table.query({ pk, prefix, after: from, limit });
        for (const row of page.rows) yield z.parse(WebhookRecord, row);
        from = page.last;
      } while (from !== undefined);
    },
    async subscribers(cacheName, topicName, { after, limit }) {
      const { pk, sk } = keys.topicFlags(cacheName, topicName);
      const page = await table.query({ pk, after: sortKey(after), limit });
      const flags = page.rows.find((row) => row.sk === sk);
      const rows = page.rows.filter((row) => row !== flags);
      return {
        subscriptions: rows.map((row) => z.parse(Subscription, row)),
        numbered: flags !== undefined && (z.parse(TopicFlags, flags).momento ?? 0) > 0,
        last: nameIn(page.last),
      };
    },
  };
}

function sortKey(name: string | undefined): string | undefined {
  return name === undefined ? undefined : sortKeyPrefix + name;
}

function nameIn(sk: string | undefined): string | undefined {
  return sk?.startsWith(sortKeyPrefix) ? sk.slice(sortKeyPrefix.length) : undefined;
}
