import { idTimeMs } from "../../domain/ids/ids.ts";
import { readEnv } from "../../runtime/env.ts";
import { waitingIndex, waitingKey, waitingShards } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

export interface Undelivered {
  /**
   * When the oldest message was published that some webhook still has to get: one that waits for a retry,
   * in a due row or parked. What waits for its first attempt is in no row yet; its queue tells its age.
   */
  oldestTimeMs(): Promise<number | undefined>;
}

/** One row of each shard is read, however many wait and however many webhooks are down. */
export function openUndelivered(database: Database = dynamoDatabase): Undelivered {
  const table = database.open(readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE);

  return {
    async oldestTimeMs() {
      const pages = await Promise.all(
        Array.from({ length: waitingShards }, (_, shard) =>
          table.query({ pk: waitingKey(shard), index: waitingIndex, limit: 1 }),
        ),
      );
      const messageIds = pages.flatMap(({ rows }) => rows.map((row) => String(row.sk)));
      return messageIds.map(idTimeMs).sort((a, b) => a - b)[0];
    },
  };
}
