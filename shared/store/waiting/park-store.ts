import type { DeliveryJob } from "../../contract/jobs.ts";
import { shardOf } from "../../domain/ids/hash.ts";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { dueRow } from "./due-store.ts";
import { attemptName, readWaiting, type WaitingJob, waitingRow } from "./waiting-job.ts";

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
    remove: (jobs) =>
      database.deleteAll(
        tableName,
        jobs.map(({ key }) => key),
      ),
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
