import type { MessageMetadata } from "../../shared/contract/jobs.ts";
import { keys } from "../../shared/store/keys.ts";
import { suppressedShards } from "../../shared/store/messages/operational-events.ts";
import { dueShards, readWaiting } from "../../shared/store/waiting/waiting-jobs.ts";
import { partition, type StoredRow } from "./row.ts";

/** The deliveries that wait for their time, of those messages alone. */
export async function* dueRows(
  isWanted: (message: MessageMetadata) => boolean,
): AsyncGenerator<StoredRow> {
  for (let shard = 0; shard < dueShards; shard += 1) {
    const { pk } = keys.due(shard, 0, "");
    for await (const found of partition("due delivery", "DELIVERIES_TABLE", pk)) {
      if (readWaiting([found.row]).some(({ job }) => isWanted(job.message))) yield found;
    }
  }
}

/** What waits to be told of the cache's operational events. */
export async function* suppressedRows(cacheName: string): AsyncGenerator<StoredRow> {
  for (let shard = 0; shard < suppressedShards; shard += 1) {
    const { pk } = keys.suppressedEvents(shard, 0, "");
    for await (const found of partition("suppressed events", "DELIVERIES_TABLE", pk)) {
      if (found.row.cacheName === cacheName) yield found;
    }
  }
}
