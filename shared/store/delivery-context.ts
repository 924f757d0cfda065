import * as z from "zod/mini";
import type { DeliveryJob } from "../contract/delivery.ts";
import { DeliveryRecord } from "../domain/delivery-record.ts";
import { HealthRecord } from "../domain/health-record.ts";
import { WebhookRecord } from "../domain/webhook-record.ts";
import { readEnv } from "../runtime/env.ts";
import { type Database, dynamoDatabase } from "./database.ts";
import { deliveryKey } from "./delivery-key.ts";
import type { Row } from "./dynamodb.ts";
import { type Key, keys } from "./keys.ts";

/** What a batch of deliveries must know before it begins. */
export interface DeliveryContext {
  /** The webhook as it is now; undefined when it was deleted, also when its name was put again since. */
  webhookOf(job: DeliveryJob): WebhookRecord | undefined;
  /** How the webhook fares; undefined while it is well. */
  healthOf(job: DeliveryJob): HealthRecord | undefined;
  /** How the delivery stands, where it was asked for. */
  headOf(job: DeliveryJob): DeliveryRecord | undefined;
}

export interface DeliveryContextStore {
  /** One call for the whole batch. Heads are read only of the jobs that may have been tried before. */
  load(jobs: readonly DeliveryJob[], maybeTried: readonly DeliveryJob[]): Promise<DeliveryContext>;
}

export function openDeliveryContextStore(
  database: Database = dynamoDatabase,
): DeliveryContextStore {
  const env = readEnv("WEBHOOKS_TABLE", "DELIVERIES_TABLE");

  return {
    async load(jobs, maybeTried) {
      const found = await database.readAll({
        [env.WEBHOOKS_TABLE]: unique(jobs.flatMap((job) => [webhookKey(job), healthKey(job)])),
        [env.DELIVERIES_TABLE]: unique(maybeTried.map(headKey)),
      });
      const [healths, webhooks] = byWebhook(found[env.WEBHOOKS_TABLE] ?? []);
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

/** Both kinds of row name their webhook; only a health row is found under it. */
function byWebhook(rows: readonly Row[]): [Map<unknown, Row>, Map<unknown, Row>] {
  const isHealth = (row: Row) => row.pk === keys.health(String(row.webhookId)).pk;
  const index = (some: Row[]) => new Map(some.map((row) => [row.webhookId, row]));
  return [index(rows.filter(isHealth)), index(rows.filter((row) => !isHealth(row)))];
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
