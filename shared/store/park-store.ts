import type { DeliveryJob } from "../contract/delivery.ts";
import { shardOf } from "../domain/hash.ts";
import { readEnv } from "../runtime/env.ts";
import { type Database, dynamoDatabase } from "./database.ts";
import { keys } from "./keys.ts";
import { attemptName, readWaiting, type WaitingJob, waitingRow } from "./waiting-job.ts";

export interface ParkStore {
  /** Keeps a delivery of a webhook whose breaker is open; not to be tried before that time. */
  add(job: DeliveryJob, notBeforeMs: number, expiresAt: number): Promise<void>;
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
    async add(job, notBeforeMs, expiresAt) {
      const name = attemptName(job);
      const shard = shardOf(name, parkShards);
      const key = keys.parked(job.webhookId, shard, notBeforeMs, name);
      await table.put({ ...waitingRow(key, job), expiresAt });
    },
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
