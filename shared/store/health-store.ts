import * as z from "zod/mini";
import { type Health, HealthRecord } from "../domain/health-record.ts";
import type { Heartbeat } from "../domain/switch-off-rule.ts";
import { readEnv } from "../runtime/env.ts";
import { readAll } from "./batch-read.ts";
import { type Key, keys } from "./keys.ts";
import { openTable, type Table } from "./table.ts";
import { transact } from "./transaction.ts";

/** Which webhook a health row is about. */
export type Patient = Pick<HealthRecord, "webhookId" | "cacheName" | "webhookName">;

export interface HealthStore {
  find(webhookId: string): Promise<HealthRecord | undefined>;
  /** Writes `after` if the row still is `before`, and answers whether it was. */
  change(who: Patient, before: Health | undefined, after: Health | undefined): Promise<boolean>;
  /** Those whose breaker is not closed. */
  ticking(): Promise<HealthRecord[]>;
  heartbeat(): Promise<Heartbeat | undefined>;
  /** Writes at most once a minute; the other calls cost nothing. */
  beat(heartbeat: Heartbeat): Promise<void>;
}

const HeartbeatRow = z.object({ lastSuccessMs: z.int(), webhookId: z.string() });
const mostKeys = 100;
/** The row of a webhook that was deleted goes by itself, long after any rule could ask for it. */
const keptSeconds = 90 * 86_400;
const beatEveryMs = 60_000;

export function openHealthStore(): HealthStore {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = openTable(tableName);
  let lastBeatMs = 0;

  return {
    async find(webhookId) {
      const row = await table.get(keys.health(webhookId));
      return row && z.parse(HealthRecord, row);
    },
    async change(who, before, after) {
      const items = [
        healthWrite(table, who, before, after),
        ...indexWrites(table, who, before, after),
      ];
      return (await transact(items)) === undefined;
    },
    async ticking() {
      const wanted: Key[] = [];
      let after: string | undefined;
      do {
        const { rows, last } = await table.query({ pk: keys.breaker("").pk, after });
        wanted.push(...rows.map((row) => keys.health(String(row.sk))));
        after = last;
      } while (after !== undefined);
      const found: HealthRecord[] = [];
      for (let start = 0; start < wanted.length; start += mostKeys) {
        const page = await readAll({ [tableName]: wanted.slice(start, start + mostKeys) });
        found.push(...(page[tableName] ?? []).map((row) => z.parse(HealthRecord, row)));
      }
      return found;
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

function healthWrite(
  table: Table,
  who: Patient,
  before: Health | undefined,
  after: Health | undefined,
) {
  const key = keys.health(who.webhookId);
  const unchanged = before
    ? { text: "version = :version", values: { ":version": before.version } }
    : { text: "attribute_not_exists(pk)" };
  if (!after) return table.deleting(key, unchanged);
  const { webhookId, cacheName, webhookName } = who;
  const { version, failures, timeouts, failingSinceMs, slowUntilMs, breaker } = after;
  const health = { version, failures, timeouts, failingSinceMs, slowUntilMs, breaker };
  const expiresAt = Math.floor(Date.now() / 1000) + keptSeconds;
  const row = { ...key, v: 1, webhookId, cacheName, webhookName, ...health, expiresAt };
  return table.putting(row, unchanged);
}

/** A ticking breaker has a row in the index for as long as it ticks, so that a lost tick is found. */
function indexWrites(
  table: Table,
  { webhookId }: Patient,
  before: Health | undefined,
  after: Health | undefined,
) {
  const [did, does] = [isTicking(before), isTicking(after)];
  if (did === does) return [];
  const key = keys.breaker(webhookId);
  return [does ? table.putting({ ...key, v: 1 }) : table.deleting(key)];
}

function isTicking(health: Health | undefined): boolean {
  return health !== undefined && health.breaker.kind !== "closed";
}
