import * as z from "zod/mini";
import { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { type IdSpan, type IdWindow, idBehind, idTimeMs, windowFrom } from "../../domain/ids.ts";
import { readEnv } from "../../runtime/env.ts";
import { deliveryKey, type Key, waitingIndex, waitingKey, waitingShards } from "../keys.ts";
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

export interface OverdueStore {
  /** Where the deliveries are that wait for an attempt, of messages with ids in the span; a page of thousands. */
  waiting(shard: number, span: IdSpan): Promise<{ keys: Key[]; rest: IdWindow }>;
  /** How up to 100 of them stand. */
  heads(keys: readonly Key[]): Promise<DeliveryRecord[]>;
  /** Notes that the next attempt is to be made now. Returns false where it was made or moved meanwhile. */
  makeDue(head: DeliveryRecord, nowMs: number): Promise<boolean>;
}

export function openOverdueStore(database: Database = dynamoDatabase): OverdueStore {
  const tableName = readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE;
  const table = database.open(tableName);

  return {
    async waiting(shard, span) {
      const pk = waitingKey(shard);
      const { rows, last } = await table.query({ pk, oldestOf: span, index: waitingIndex });
      const keys = rows.map((row) => ({ pk: String(row.pk), sk: String(row.sk) }));
      // Deliveries of one message share its id, so the next page begins with the last id once more.
      const next = last === span[0] ? idBehind(last) : last;
      return { keys, rest: next === undefined ? null : windowFrom(next, span) };
    },
    async heads(keys) {
      const { [tableName]: rows = [] } = await database.readAll({ [tableName]: keys });
      return rows.map((row) => z.parse(DeliveryRecord, row));
    },
    async makeDue({ webhookId, messageId, generation, attemptCount, nextAttemptTimeMs }, nowMs) {
      const update = { text: "SET nextAttemptTimeMs = :now", values: { ":now": nowMs } };
      const isSame = {
        text: "generation = :generation AND attemptCount = :made AND nextAttemptTimeMs = :was",
        values: { ":generation": generation, ":made": attemptCount, ":was": nextAttemptTimeMs },
      };
      const key = deliveryKey(webhookId, messageId);
      return (await table.update(key, update, isSame)) !== undefined;
    },
  };
}
