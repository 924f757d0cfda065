import type { DeliveryJob } from "../../contract/jobs.ts";
import { shardOf } from "../../domain/ids/hash.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { attemptName, readWaiting, type WaitingJob, waitingRow } from "./waiting-job.ts";

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
    remove: (jobs) =>
      database.deleteAll(
        tableName,
        jobs.map(({ key }) => key),
      ),
  };
}

export function dueRow(job: DeliveryJob, dueTimeMs: number) {
  const name = attemptName(job);
  return waitingRow(keys.due(shardOf(name, dueShards), dueTimeMs, name), job);
}
