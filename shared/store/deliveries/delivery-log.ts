import * as z from "zod/mini";
import {
  AttemptRecord,
  DeliveryRecord,
  SummaryRecord,
} from "../../domain/attempts/delivery-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { deliveryKey, deliveryShards, keys, undeliveredIndex, undeliveredKey } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";

/** Which deliveries to list: those of messages with ids in the span, newest first. */
export interface LogQuery {
  /** The lowest and the highest id, both included. */
  readonly span: readonly [string, string];
  /** The id to go on behind. */
  readonly before?: string | undefined;
  readonly status?: DeliveryRecord["status"] | undefined;
  readonly limit: number;
}

export interface LogPage {
  readonly records: SummaryRecord[];
  /** The last id that was looked at where there may be more behind it. */
  readonly last: string | undefined;
}

export interface DeliveryLog {
  find(webhookId: string, messageId: string): Promise<DeliveryRecord | undefined>;
  attempts(webhookId: string, messageId: string): Promise<AttemptRecord[]>;
  list(webhookId: string, query: LogQuery): Promise<LogPage>;
}

/** The most keys that one call reads. */
const maxKeys = 100;

/** What has become of deliveries. A page costs the same wherever in the log it lies. */
export function openDeliveryLog(database: Database = dynamoDatabase): DeliveryLog {
  const tableName = readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE;
  const table = database.open(tableName);

  const newest = async (
    webhookId: string,
    { span: [from, to], before, status, limit }: LogQuery,
  ) => {
    const span = [from, before !== undefined && before < to ? before : to] as const;
    if (span[1] < from) return [];
    if (status === undefined || status === "delivered") {
      const shards = Array.from({ length: deliveryShards }, (_, shard) =>
        table.query({
          pk: keys.delivery(webhookId, shard, "").pk,
          newestOf: span,
          limit: limit + 1,
        }),
      );
      return Promise.all(shards);
    }
    const pk = undeliveredKey(webhookId, status);
    return [await table.query({ pk, newestOf: span, limit: limit + 1, index: undeliveredIndex })];
  };

  /** The index holds no attempts, and lags behind: what it names is read from the table, in as few calls as may be. */
  const wholeRows = async (rows: readonly Row[]) => {
    const wanted = rows.map((row) => ({ pk: String(row.pk), sk: String(row.sk) }));
    const batches = Array.from({ length: Math.ceil(wanted.length / maxKeys) }, (_, n) =>
      database.readAll({ [tableName]: wanted.slice(n * maxKeys, (n + 1) * maxKeys) }),
    );
    const found = (await Promise.all(batches)).flatMap(({ [tableName]: some = [] }) => some);
    return found.sort((a, b) => newerFirst(a.sk, b.sk));
  };

  return {
    async find(webhookId, messageId) {
      const row = await table.get(deliveryKey(webhookId, messageId));
      return row && z.parse(DeliveryRecord, row);
    },
    async attempts(webhookId, messageId) {
      const page = await table.query({ pk: keys.attemptsOf(webhookId, messageId) });
      return page.rows.map((row) => z.parse(AttemptRecord, row));
    },
    async list(webhookId, query) {
      const pages = await newest(webhookId, query);
      const all = pages.flatMap((page) => page.rows).sort((a, b) => newerFirst(a.sk, b.sk));
      const rows = all.filter((row) => row.sk !== query.before);
      const seen = rows.slice(0, query.limit);
      const hasMore = rows.length > query.limit || pages.some((page) => page.last !== undefined);
      const { status } = query;
      const isOfIndex = status !== undefined && status !== "delivered";
      const records = (isOfIndex ? await wholeRows(seen) : seen).map((row) =>
        z.parse(SummaryRecord, row),
      );
      return {
        records: records.filter((record) => status === undefined || record.status === status),
        last: hasMore && seen.length > 0 ? String(seen.at(-1)?.sk) : undefined,
      };
    },
  };
}

function newerFirst(a: unknown, b: unknown): number {
  return String(a) < String(b) ? 1 : -1;
}
