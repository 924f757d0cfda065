import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Heartbeat } from "../../domain/breaker/health.ts";
import { type Health, HealthRecord, isTroubled } from "../../domain/breaker/health-record.ts";
import { asNewcomer } from "../../domain/breaker/slowness.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase, isTransactionConflict } from "../table/database.ts";
import type { Expression } from "../table/rows.ts";
import type { Table } from "../table/table.ts";
import { openUnwellIndex } from "./unwell-index.ts";

export interface HealthStore {
  find(webhookId: string): Promise<HealthRecord | undefined>;
  /** Writes `after` if the row still is `before`, and returns whether it was. */
  change(who: WebhookRef, before: Health | undefined, after: Health | undefined): Promise<boolean>;
  /** Those whose breaker is not closed. */
  withTimers(): Promise<HealthRecord[]>;
  /** Which of the webhooks are among those. */
  withTimersAmong(webhookIds: readonly string[]): Promise<Set<string>>;
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
  const unwellIndex = openUnwellIndex(database);
  let lastBeatMs = 0;

  return {
    async find(webhookId) {
      const row = await table.get(keys.health(webhookId));
      return row && z.parse(HealthRecord, row);
    },
    async change(who, before, after) {
      if (becomesTroubled(before, after)) await unwellIndex.add(who, now());
      return changeHealthRow({ database, table, nowMs: now() }, who, before, after);
    },
    async withTimers() {
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
    async withTimersAmong(webhookIds) {
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

/** A breaker that opens counts anew: the row of an earlier version knows of no index. */
function becomesTroubled(before: Health | undefined, after: Health | undefined): boolean {
  return isTroubled(after) && !(isTroubled(before) && isTicking(before) === isTicking(after));
}

/** Which webhook a health row is about. */
export type WebhookRef = Pick<HealthRecord, "webhookId" | "cacheName" | "webhookName">;

/** The row of a webhook that was deleted goes by itself, long after any rule could ask for it. */
const keptSeconds = 90 * 86_400;
/** No row means proven: that of a webhook which waits for its first message must outlast the waiting. */
const waitingSeconds = 400 * 86_400;

interface HealthTable {
  readonly database: Pick<Database, "transact">;
  readonly table: Table;
  readonly nowMs: number;
}

/** Writes `after` if the row still is `before`, and returns whether it was. */
async function changeHealthRow(
  { database, table, nowMs }: HealthTable,
  who: WebhookRef,
  before: Health | undefined,
  after: Health | undefined,
): Promise<boolean> {
  const index = indexWrites(table, who, before, after);
  // A transaction costs twice the write units, and most changes touch one row.
  if (index.length === 0) {
    return writeAlone(table, who, before, after && rowOf(who, after, nowMs));
  }
  const health = healthWrite(table, who, before, after, nowMs);
  return (await database.transact([health, ...index])) === undefined;
}

/**
 * By itself. An answer that got lost is asked for again and then looks like somebody else's write: the
 * caller counts once more than there was.
 */
async function writeAlone(
  table: Table,
  who: WebhookRef,
  before: Health | undefined,
  row: HealthRow | undefined,
): Promise<boolean> {
  try {
    if (!row) return await table.remove(keys.health(who.webhookId), unchanged(before));
    return (await table.put(row, unchanged(before))) === undefined;
  } catch (error) {
    if (isTransactionConflict(error)) return false;
    throw error;
  }
}

/** As a part of a transaction. */
function healthWrite(
  table: Table,
  who: WebhookRef,
  before: Health | undefined,
  after: Health | undefined,
  nowMs: number,
) {
  if (!after) return table.deleting(keys.health(who.webhookId), unchanged(before));
  return table.putting(rowOf(who, after, nowMs), unchanged(before));
}

function unchanged(before: Health | undefined): Expression {
  if (!before) return { text: "attribute_not_exists(pk)" };
  return { text: "version = :version", values: { ":version": before.version } };
}

type HealthRow = ReturnType<typeof rowOf>;

function rowOf({ webhookId, cacheName, webhookName }: WebhookRef, after: Health, nowMs: number) {
  const { version, failures, timeouts, failingSinceMs, breaker } = after;
  const { slowUntilMs, offences, isNewcomer, throttle } = after;
  const pace = { slowUntilMs, offences, isNewcomer };
  const health = { version, failures, timeouts, failingSinceMs, ...pace, throttle, breaker };
  const expiresAt = Math.floor(nowMs / 1000) + (isNewcomer ? waitingSeconds : keptSeconds);
  return {
    ...keys.health(webhookId),
    ...{ v: 1, webhookId, cacheName, webhookName, ...health, expiresAt },
  };
}

/** A breaker that is not closed has a row in the index, so that a lost timer is found. */
function indexWrites(
  table: Table,
  { webhookId }: WebhookRef,
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

/**
 * What a webhook that is new, or gets another URL, changes in its health: behind the URL is a receiver that
 * has yet to show that it answers fast.
 */
export async function newcomerChanges(
  table: Table,
  previous: WebhookRecord | undefined,
  next: WebhookRecord,
): Promise<TransactWriteItem[]> {
  if (previous?.url === next.url) return [];
  const row = previous && (await table.get(keys.health(next.webhookId)));
  const before = row && z.parse(HealthRecord, row);
  const nowMs = next.lastModifiedTimeMs;
  const after = asNewcomer(before, nowMs);
  return after === before ? [] : [healthWrite(table, next, before, after, nowMs)];
}
