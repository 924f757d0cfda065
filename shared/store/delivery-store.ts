import type { AttemptRecord, DeliveryRecord } from "../domain/delivery-record.ts";
import { shardOf } from "../domain/hash.ts";
import { readEnv } from "../runtime/env.ts";
import { writeAll } from "./batch-write.ts";
import { type Key, keys } from "./keys.ts";
import { type Expression, openTable, setting } from "./table.ts";

export interface DeliveryStore {
  /** First attempts that succeeded: one call for all of them, and no condition to pay for. */
  recordDelivered(records: readonly DeliveryRecord[]): Promise<void>;
  /** How the delivery stands after a failed or a further attempt; an older state never replaces a newer. */
  record(record: DeliveryRecord, attempt: AttemptRecord | null): Promise<void>;
}

/** Spreads one webhook's log over partitions, each of which takes 1,000 write units a second. */
const shards = 4;

export function deliveryKey(webhookId: string, messageId: string): Key {
  return keys.delivery(webhookId, shardOf(messageId, shards), messageId);
}

export function openDeliveryStore(): DeliveryStore {
  const tableName = readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE;
  const table = openTable(tableName);

  return {
    recordDelivered: (records) =>
      writeAll(
        tableName,
        records.map((record) => ({ ...keyOf(record), ...record })),
      ),
    async record(record, attempt) {
      if (attempt && attempt.attempt > 1) await table.put(attemptRow(record, attempt));
      const changes = setting(record, ["firstAttempt", "lastAttemptTimeMs"]);
      await table.update(keyOf(record), changes, notNewerThan(record));
    },
  };
}

function keyOf({ webhookId, messageId }: DeliveryRecord): Key {
  return deliveryKey(webhookId, messageId);
}

function attemptRow(
  { webhookId, messageId, generation, expiresAt }: DeliveryRecord,
  attempt: AttemptRecord,
) {
  const key = keys.attempt(webhookId, messageId, generation, attempt.attempt);
  return { ...key, v: 1, ...attempt, expiresAt };
}

/** A success is final for its generation, whichever of two attempts at once it came from. */
function notNewerThan({ generation, attemptCount, status }: DeliveryRecord): Expression {
  const older = "attribute_not_exists(pk) OR generation < :thisGeneration";
  if (status === "delivered") {
    return {
      text: `${older} OR generation = :thisGeneration`,
      values: { ":thisGeneration": generation },
    };
  }
  return {
    text: `${older} OR (generation = :thisGeneration AND attemptCount <= :made AND #status <> :success)`,
    names: { "#status": "status" },
    values: { ":thisGeneration": generation, ":made": attemptCount, ":success": "delivered" },
  };
}
