import * as z from "zod/mini";
import { DeliveryJob } from "../../contract/jobs.ts";
import { shardOf } from "../../domain/hash.ts";
import { readEnv } from "../../runtime/env.ts";
import { log } from "../../runtime/logger.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";

/** A delivery that waits in the table rather than in a queue. */
export interface WaitingJob {
  readonly key: Key;
  readonly job: DeliveryJob;
}

const WaitingRow = z.object({ pk: z.string(), sk: z.string(), job: z.string() });

/** Names the attempt that waits: the same one waits once, however often it is stored. */
function attemptName({ webhookId, message, generation, attempt }: DeliveryJob): string {
  return [webhookId, message.messageId, generation, attempt].join("/");
}

/** The job is kept as text: what a queue would carry, and what the next version must be able to read. */
function waitingRow(key: Key, job: DeliveryJob) {
  return { ...key, v: 1, job: JSON.stringify(job) };
}

/** A row that cannot be read is left where it is and told of: it must not hold up the others. */
export function readWaiting(rows: readonly Row[]): WaitingJob[] {
  return rows.flatMap((row) => {
    try {
      const { pk, sk, job } = z.parse(WaitingRow, row);
      return [{ key: { pk, sk }, job: z.parse(DeliveryJob, JSON.parse(job)) }];
    } catch {
      log("error", "waiting-job.unreadable", { pk: String(row.pk), sk: String(row.sk) });
      return [];
    }
  });
}

export interface DueStore {
  /** Keeps a job until its time; adding the same attempt again for the same time changes nothing. */
  add(job: DeliveryJob, dueTimeMs: number): Promise<void>;
  /** Up to 100 jobs of the shard whose time has come, the longest due first. */
  due(shard: number, nowMs: number): Promise<WaitingJob[]>;
  remove(jobs: readonly WaitingJob[]): Promise<void>;
}

/** Only ever raised: a sweep looks into each of them. */
export const dueShards = 8;

const pageSize = 100;

/**
 * What waits longer than a queue can hold it. No TTL and no mark of how far a sweep has come: whatever the
 * clock or the sweeper does, a row is there until it was sent.
 */
export function openDueStore(database: Database = dynamoDatabase): DueStore {
  const tableName = readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE;
  const table = database.open(tableName);

  return {
    async add(job, dueTimeMs) {
      await table.put(dueRow(job, dueTimeMs));
    },
    async due(shard, nowMs) {
      const { pk } = keys.due(shard, 0, "");
      const page = await table.query({ pk, before: keys.upTo(nowMs), limit: pageSize });
      return readWaiting(page.rows);
    },
    remove: removeFrom(database, tableName),
  };
}

function dueRow(job: DeliveryJob, dueTimeMs: number) {
  const name = attemptName(job);
  return waitingRow(keys.due(shardOf(name, dueShards), dueTimeMs, name), job);
}

/** A delivery that is put aside. */
export interface ParkedJob {
  readonly job: DeliveryJob;
  /** Not to be tried before. */
  readonly notBeforeMs: number;
  /** When it ends, whatever becomes of its webhook: until then there is a due row as well. */
  readonly endMs: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface ParkStore {
  /** Keeps deliveries of webhooks that are not posted to for now: as few calls as they fit into. */
  addAll(jobs: readonly ParkedJob[]): Promise<void>;
  /** Up to `limit` parked deliveries, the longest waiting of each shard first. */
  oldest(webhookId: string, limit: number): Promise<WaitingJob[]>;
  remove(jobs: readonly WaitingJob[]): Promise<void>;
}

/** Only ever raised: a drain looks into each of them. */
export const parkShards = 4;

export function openParkStore(database: Database = dynamoDatabase): ParkStore {
  const tableName = readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE;
  const table = database.open(tableName);

  return {
    // Whose rows were not all written comes back by itself, so their order does not matter.
    addAll: (jobs) => database.writeAll(tableName, uniqueRows(jobs.flatMap(rowsOf))),
    async oldest(webhookId, limit) {
      const share = Math.ceil(limit / parkShards);
      const pages = await Promise.all(
        Array.from({ length: parkShards }, (_, shard) =>
          table.query({ pk: keys.parked(webhookId, shard, 0, "").pk, limit: share }),
        ),
      );
      const waiting = readWaiting(pages.flatMap(({ rows }) => rows));
      return waiting.sort((a, b) => (a.key.sk < b.key.sk ? -1 : 1)).slice(0, limit);
    },
    remove: removeFrom(database, tableName),
  };
}

function rowsOf({ job, notBeforeMs, endMs, expiresAt }: ParkedJob) {
  const name = attemptName(job);
  const key = keys.parked(job.webhookId, shardOf(name, parkShards), notBeforeMs, name);
  return [dueRow({ ...job, notBeforeMs: endMs }, endMs), { ...waitingRow(key, job), expiresAt }];
}

/** A call may not name a row twice. */
function uniqueRows<R extends Key>(rows: readonly R[]): R[] {
  return [...new Map(rows.map((row) => [`${row.pk} ${row.sk}`, row])).values()];
}

function removeFrom(database: Database, tableName: string): DueStore["remove"] {
  return (jobs) =>
    database.deleteAll(
      tableName,
      jobs.map(({ key }) => key),
    );
}
