import * as z from "zod/mini";
import { type Health, HealthRecord } from "../../domain/breaker/health-record.ts";
import type { Heartbeat } from "../../domain/breaker/switch-off-rule.ts";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { changeHealthRow, type WebhookRef } from "./health-writes.ts";

export interface HealthStore {
  find(webhookId: string): Promise<HealthRecord | undefined>;
  /** Writes `after` if the row still is `before`, and answers whether it was. */
  change(who: WebhookRef, before: Health | undefined, after: Health | undefined): Promise<boolean>;
  /** Those whose breaker is not closed. */
  ticking(): Promise<HealthRecord[]>;
  /** Which of the webhooks are among those. */
  tickingAmong(webhookIds: readonly string[]): Promise<Set<string>>;
  heartbeat(): Promise<Heartbeat | undefined>;
  /** Writes at most once a minute; the other calls cost nothing. */
  beat(heartbeat: Heartbeat): Promise<void>;
}

const HeartbeatRow = z.object({ lastSuccessMs: z.int(), webhookId: z.string() });
const maxKeys = 100;
const beatEveryMs = 60_000;

export function openHealthStore(
  database: Database = dynamoDatabase,
  now: () => number = Date.now,
): HealthStore {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);
  let lastBeatMs = 0;

  return {
    async find(webhookId) {
      const row = await table.get(keys.health(webhookId));
      return row && z.parse(HealthRecord, row);
    },
    change: (who, before, after) =>
      changeHealthRow({ database, table, nowMs: now() }, who, before, after),
    async ticking() {
      const wanted: Key[] = [];
      let after: string | undefined;
      do {
        const { rows, last } = await table.query({ pk: keys.breaker("").pk, after });
        wanted.push(...rows.map((row) => keys.health(String(row.sk))));
        after = last;
      } while (after !== undefined);
      const found: HealthRecord[] = [];
      for (let start = 0; start < wanted.length; start += maxKeys) {
        const page = await database.readAll({ [tableName]: wanted.slice(start, start + maxKeys) });
        found.push(...(page[tableName] ?? []).map((row) => z.parse(HealthRecord, row)));
      }
      return found;
    },
    async tickingAmong(webhookIds) {
      const { [tableName]: rows = [] } = await database.readAll({
        [tableName]: webhookIds.map(keys.breaker),
      });
      return new Set(rows.map((row) => String(row.sk)));
    },
    async heartbeat() {
      const row = await table.get(keys.heartbeat);
      return row && z.parse(HeartbeatRow, row);
    },
    async beat(heartbeat) {
      if (heartbeat.lastSuccessMs - lastBeatMs < beatEveryMs) return;
      lastBeatMs = heartbeat.lastSuccessMs;
      await table.put({ ...keys.heartbeat, v: 1, ...heartbeat });
    },
  };
}
