import * as z from "zod/mini";
import type { DeliveryJob } from "../../contract/jobs.ts";
import { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { HealthRecord } from "../../domain/breaker/health-record.ts";
import { type IdSpan, type IdWindow, idBehind, windowFrom } from "../../domain/ids.ts";
import { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import type { CacheMarks } from "../health/cache-state.ts";
import { deliveryKey, type Key, keys, undeliveredIndex, undeliveredKey } from "../keys.ts";
import type { SigningKeyRing } from "../secrets/signing-key-ring.ts";
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
  signingKeys: Pick<SigningKeyRing, "ageing" | "learn">,
  database: Database = dynamoDatabase,
): DeliveryContextStore {
  const env = readEnv("WEBHOOKS_TABLE", "DELIVERIES_TABLE");

  return {
    async load(jobs, maybeTried, nowMs) {
      const cacheNames = [...new Set(jobs.map(({ message }) => message.cacheName))];
      const asked = marks.unknown(cacheNames, nowMs);
      const ageing = signingKeys.ageing(cacheNames, nowMs);
      const found = await database.readAll({
        [env.WEBHOOKS_TABLE]: [
          ...unique(jobs.flatMap((job) => [webhookKey(job), healthKey(job)])),
          ...asked.map(keys.cacheMark),
          ...ageing.map(keys.signingKeys),
        ],
        [env.DELIVERIES_TABLE]: unique(maybeTried.map(headKey)),
      });
      const { healths, webhooks, ofCaches } = byKind(found[env.WEBHOOKS_TABLE] ?? []);
      marks.learn(asked, ofCaches, nowMs);
      signingKeys.learn(ageing, ofCaches, nowMs);
      const heads = new Map(found[env.DELIVERIES_TABLE]?.map((row) => [idOf(row), row]));
      // Parsed when asked for: a row that cannot be read is the trouble of its own delivery alone.
      const webhook = parsedOnce(WebhookRecord, webhooks);
      const health = parsedOnce(HealthRecord, healths);
      return {
        webhookOf: ({ webhookId }) => webhook(webhookId),
        healthOf: ({ webhookId }) => health(webhookId),
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

/** A webhook's row and its health name it, a health row is found under it; a cache's rows name none. */
function byKind(rows: readonly Row[]) {
  const ofWebhooks = rows.filter(({ webhookId }) => webhookId !== undefined);
  const isHealth = (row: Row) => row.pk === keys.health(String(row.webhookId)).pk;
  const index = (some: Row[]) => new Map<unknown, Row>(some.map((row) => [row.webhookId, row]));
  return {
    healths: index(ofWebhooks.filter(isHealth)),
    webhooks: index(ofWebhooks.filter((row) => !isHealth(row))),
    ofCaches: rows.filter(({ webhookId }) => webhookId === undefined),
  };
}

/** What is asked for again and again in a batch is parsed at the first time. */
function parsedOnce<T>(schema: z.ZodMiniType<T>, rows: ReadonlyMap<unknown, Row>) {
  const parsed = new Map<string, T>();
  return (id: string): T | undefined => {
    const known = parsed.get(id);
    const row = rows.get(id);
    if (known !== undefined || !row) return known;
    const record = z.parse(schema, row);
    parsed.set(id, record);
    return record;
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

export interface HeadsPage {
  readonly messageIds: string[];
  /** What is left of the window. */
  readonly rest: IdWindow;
}

export interface DeliveryHeads {
  /** How the deliveries of those messages stand, by messageId; without those that have no row. */
  findMany(webhookId: string, messageIds: readonly string[]): Promise<Map<string, DeliveryRecord>>;
  /** How the deliveries of that message to those webhooks stand, by webhookId; without those that have no row. */
  findEach(webhookIds: readonly string[], messageId: string): Promise<Map<string, DeliveryRecord>>;
  /** Messages whose delivery had failed a moment ago, oldest first; the index lags behind the rows. */
  failed(webhookId: string, window: IdSpan, limit: number): Promise<HeadsPage>;
  /** The same of those that had failed at least once and waited for the next attempt. */
  retrying(webhookId: string, window: IdSpan, limit: number): Promise<HeadsPage>;
}

/** The most keys that one call reads. */
const maxKeys = 100;

export function openDeliveryHeads(database: Database = dynamoDatabase): DeliveryHeads {
  const tableName = readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE;
  const table = database.open(tableName);

  const inStatus =
    (status: string) =>
    async (webhookId: string, window: IdSpan, limit: number): Promise<HeadsPage> => {
      const pk = undeliveredKey(webhookId, status);
      const page = await table.query({ pk, oldestOf: window, limit, index: undeliveredIndex });
      const rest = page.last === undefined ? null : windowFrom(idBehind(page.last), window);
      return { messageIds: page.rows.map((row) => String(row.sk)), rest };
    };

  const readHeads = async (keys: readonly Key[]) => {
    const batches = Array.from({ length: Math.ceil(keys.length / maxKeys) }, (_, n) =>
      database.readAll({ [tableName]: keys.slice(n * maxKeys, (n + 1) * maxKeys) }),
    );
    const rows = (await Promise.all(batches)).flatMap((found) => found[tableName] ?? []);
    return rows.map((row) => z.parse(DeliveryRecord, row));
  };

  return {
    async findEach(webhookIds, messageId) {
      const heads = await readHeads(webhookIds.map((id) => deliveryKey(id, messageId)));
      return new Map(heads.map((head) => [head.webhookId, head]));
    },
    async findMany(webhookId, messageIds) {
      const heads = await readHeads(messageIds.map((id) => deliveryKey(webhookId, id)));
      return new Map(heads.map((head) => [head.messageId, head]));
    },
    failed: inStatus("failed"),
    retrying: inStatus("retrying"),
  };
}
