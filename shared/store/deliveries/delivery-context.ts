import * as z from "zod/mini";
import type { DeliveryJob } from "../../contract/jobs.ts";
import { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { HealthRecord } from "../../domain/breaker/health-record.ts";
import { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import type { CacheMarks } from "../health/cache-state.ts";
import { deliveryKey, type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";

/** What a batch of deliveries must know before it begins. */
export interface DeliveryContext {
  /** The webhook as it is now; undefined when it was deleted, also when its name was put again since. */
  webhookOf(job: DeliveryJob): WebhookRecord | undefined;
  /** The webhook's health; undefined while it is well. */
  healthOf(job: DeliveryJob): HealthRecord | undefined;
  /** How the delivery stands, where it was asked for. */
  headOf(job: DeliveryJob): DeliveryRecord | undefined;
  /** Whether the webhook's cache is slow as a whole. */
  isCacheSlow(job: DeliveryJob, nowMs: number): boolean;
}

export interface DeliveryContextStore {
  /** One call for the whole batch. Heads are read only of the jobs that may have been tried before. */
  load(
    jobs: readonly DeliveryJob[],
    maybeTried: readonly DeliveryJob[],
    nowMs: number,
  ): Promise<DeliveryContext>;
}

export function openDeliveryContextStore(
  marks: CacheMarks,
  database: Database = dynamoDatabase,
): DeliveryContextStore {
  const env = readEnv("WEBHOOKS_TABLE", "DELIVERIES_TABLE");

  return {
    async load(jobs, maybeTried, nowMs) {
      const cacheNames = [...new Set(jobs.map(({ message }) => message.cacheName))];
      const asked = marks.unknown(cacheNames, nowMs);
      const found = await database.readAll({
        [env.WEBHOOKS_TABLE]: [
          ...unique(jobs.flatMap((job) => [webhookKey(job), healthKey(job)])),
          ...asked.map(keys.cacheMark),
        ],
        [env.DELIVERIES_TABLE]: unique(maybeTried.map(headKey)),
      });
      const { healths, webhooks, cacheMarks } = byKind(found[env.WEBHOOKS_TABLE] ?? []);
      marks.learn(asked, cacheMarks, nowMs);
      const heads = new Map(found[env.DELIVERIES_TABLE]?.map((row) => [idOf(row), row]));
      // Parsed when asked for: a row that cannot be read is the trouble of its own delivery alone.
      return {
        webhookOf({ webhookId }) {
          const row = webhooks.get(webhookId);
          return row && z.parse(WebhookRecord, row);
        },
        healthOf({ webhookId }) {
          const row = healths.get(webhookId);
          return row && z.parse(HealthRecord, row);
        },
        headOf({ webhookId, message: { messageId } }) {
          const row = heads.get(idOf({ webhookId, messageId }));
          return row && z.parse(DeliveryRecord, row);
        },
        isCacheSlow: ({ message }, timeMs) => marks.isSlow(message.cacheName, timeMs),
      };
    },
  };
}

function webhookKey({ webhookName, message }: DeliveryJob): Key {
  return keys.webhook(message.cacheName, webhookName);
}

function healthKey({ webhookId }: DeliveryJob): Key {
  return keys.health(webhookId);
}

/** A webhook's row and its health name it, a health row is found under it; a cache's mark names none. */
function byKind(rows: readonly Row[]) {
  const ofWebhooks = rows.filter(({ webhookId }) => webhookId !== undefined);
  const isHealth = (row: Row) => row.pk === keys.health(String(row.webhookId)).pk;
  const index = (some: Row[]) => new Map<unknown, Row>(some.map((row) => [row.webhookId, row]));
  return {
    healths: index(ofWebhooks.filter(isHealth)),
    webhooks: index(ofWebhooks.filter((row) => !isHealth(row))),
    cacheMarks: rows.filter(({ webhookId }) => webhookId === undefined),
  };
}

function headKey({ webhookId, message }: DeliveryJob): Key {
  return deliveryKey(webhookId, message.messageId);
}

function idOf({ webhookId, messageId }: Row): string {
  return `${webhookId}/${messageId}`;
}

function unique(all: Key[]): Key[] {
  return [...new Map(all.map((key) => [`${key.pk}/${key.sk}`, key])).values()];
}
