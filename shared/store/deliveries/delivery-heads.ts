import * as z from "zod/mini";
import { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { type IdSpan, type IdWindow, idBehind, windowFrom } from "../../domain/ids/ids.ts";
import { readEnv } from "../../runtime/env.ts";
import { deliveryKey, type Key, undeliveredIndex, undeliveredKey } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

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
