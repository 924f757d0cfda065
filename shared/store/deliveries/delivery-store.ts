import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import type { DeliveryJob } from "../../contract/jobs.ts";
import {
  type AttemptRecord,
  DeliveryRecord,
  isSettled,
  leaseMs,
} from "../../domain/attempts/delivery-record.ts";
import { shardOf } from "../../domain/hash.ts";
import { readEnv } from "../../runtime/env.ts";
import { deliveryKey, type Key, keys, undeliveredKey, waitingKey, waitingShards } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { type Expression, removing, setting } from "../table/rows.ts";

type Sent = Pick<DeliveryJob, "onlyWaiting">;

export interface DeliveryStore {
  /** First attempts that succeeded: one call for all of them, and no condition to pay for. */
  recordDelivered(records: readonly DeliveryRecord[]): Promise<void>;
  /**
   * How the delivery stands after a failed or a further attempt. An older state never replaces a newer:
   * returns whether it was written. Nor does what a repair has sent replace a delivery that has ended meanwhile.
   */
  record(
    record: DeliveryRecord,
    attempt: AttemptRecord | null,
    job?: Sent,
    /** Given where the writer has no lease: then nothing is written while somebody else has it. */
    nowMs?: number,
  ): Promise<boolean>;
  /** Takes the right to make the attempt behind `record`, or tells that somebody else has it or made it. */
  lease(
    record: DeliveryRecord,
    job: DeliveryJob,
    nowMs: number,
  ): Promise<"taken" | "held" | "settled">;
  /** Notes that an attempt is begun for the `count`th time; returns false if it is settled by now. */
  countStart(record: DeliveryRecord, job: DeliveryJob, count: number): Promise<boolean>;
  /** Notes that the attempt is in the dead-letter queue, and waits for nobody but an operator. */
  setAside(record: DeliveryRecord, job: DeliveryJob): Promise<void>;
  /** Says of a delivery whose webhook is gone that it waits no longer. */
  forget(webhookId: string, messageId: string): Promise<void>;
}

export function openDeliveryStore(database: Database = dynamoDatabase): DeliveryStore {
  const tableName = readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE;
  const table = database.open(tableName);

  return {
    recordDelivered: (records) =>
      database.writeAll(
        tableName,
        records.map((record) => ({ ...keyOf(record), ...record })),
      ),
    async lease(record, job, nowMs) {
      const leaseOwner = randomUUID();
      const leased = { ...record, leaseUntilMs: nowMs + leaseMs, leaseOwner };
      if (await table.update(keyOf(record), change(leased), mayLease(record, job, nowMs)))
        return "taken";
      const row = await table.get(keyOf(record));
      const head = row && z.parse(DeliveryRecord, row);
      if (isSettled(head, job)) return "settled";
      // The client repeats a call whose answer was lost, and the second one meets what the first has done.
      return head?.leaseOwner === leaseOwner ? "taken" : "held";
    },
    async countStart(record, job, count) {
      const { generation, attempt } = job;
      const started = { ...record, starts: { generation, attempt, count } };
      const condition = notNewerThan(record, job);
      return (await table.update(keyOf(record), change(started), condition)) !== undefined;
    },
    async setAside(record, job) {
      const { generation, attempt } = job;
      const aside = { nextAttemptTimeMs: null, starts: { generation, attempt, count: 0 } };
      await table.update(
        keyOf(record),
        removing(setting(aside), "waiting"),
        notNewerThan(record, job),
      );
    },
    async forget(webhookId, messageId) {
      const waits = { text: "attribute_exists(waiting)" };
      await table.update(deliveryKey(webhookId, messageId), { text: "REMOVE waiting" }, waits);
    },
    async record(record, attempt, job = {}, nowMs) {
      if (attempt && !isFirst(record, attempt)) await table.put(attemptRow(record, attempt));
      const isBehind = notNewerThan(record, job);
      const condition = nowMs === undefined ? isBehind : andFree(isBehind, nowMs);
      return (await table.update(keyOf(record), change(record), condition)) !== undefined;
    },
  };
}

/** The first attempt of all is kept in the head row, and whatever comes later in rows of its own. */
function isFirst({ generation }: DeliveryRecord, { attempt }: AttemptRecord): boolean {
  return generation === 1 && attempt === 1;
}

/** The indexes over what is not delivered, and over what still waits to be, hold a row for as long as that is so. */
function change(record: DeliveryRecord): Expression {
  const { webhookId, messageId, status } = record;
  const kept = ["firstAttempt", "lastAttemptTimeMs"];
  if (status === "delivered") return removing(setting(record, kept), "undelivered", "waiting");
  const undelivered = undeliveredKey(webhookId, status);
  if (status === "failed") return removing(setting({ ...record, undelivered }, kept), "waiting");
  const waiting = waitingKey(shardOf(`${webhookId}/${messageId}`, waitingShards));
  return setting({ ...record, undelivered, waiting }, kept);
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

/** There is no row, or one of an older generation, which must wait where only that is to be made due. */
function older({ onlyWaiting }: Sent, and = ""): string {
  const isWaiting = onlyWaiting ? ` AND #status IN (:pending, :retrying)${and}` : "";
  return `attribute_not_exists(pk) OR (generation < :thisGeneration${isWaiting})`;
}

const waitingStatuses = { ":pending": "pending", ":retrying": "retrying" };

/**
 * On which a row is written: an older state never replaces a newer. A success is final for its generation,
 * whichever of two attempts at once it came from.
 */
function notNewerThan(
  { generation, attemptCount, status }: DeliveryRecord,
  { onlyWaiting }: Sent,
): Expression {
  if (status === "delivered") {
    return {
      text: `${older({})} OR generation = :thisGeneration`,
      values: { ":thisGeneration": generation },
    };
  }
  // Of two states after the same attempt a failure is the later: the other was only slow to be written.
  const behind = "(attemptCount < :made OR (attemptCount = :made AND #status <> :failure))";
  return {
    text: `${older({ onlyWaiting })} OR (generation = :thisGeneration AND ${behind} AND #status <> :success)`,
    names: { "#status": "status" },
    values: {
      ":thisGeneration": generation,
      ":made": attemptCount,
      ":failure": "failed",
      ":success": "delivered",
      ...(onlyWaiting && waitingStatuses),
    },
  };
}

/** Free, past, or set by a clock that had jumped ahead. */
const leaseIsFree =
  "attribute_not_exists(leaseUntilMs) OR attribute_type(leaseUntilMs, :null) OR leaseUntilMs <= :now OR leaseUntilMs > :ahead";

/** A copy of a job that is put aside must not take the lease away from whoever posts. */
function andFree({ text, values, ...others }: Expression, nowMs: number): Expression {
  return {
    ...others,
    text: `(${text}) AND (${leaseIsFree})`,
    values: { ...values, ...leaseValues(nowMs) },
  };
}

function leaseValues(nowMs: number) {
  return { ":null": "NULL", ":now": nowMs, ":ahead": nowMs + 2 * leaseMs };
}

/**
 * On which the next attempt is leased: the same as `claim` in lease.ts decides from a read, decided by the table
 * among all who try at once.
 */
function mayLease(
  { generation }: DeliveryRecord,
  { attempt, onlyWaiting }: DeliveryJob,
  nowMs: number,
): Expression {
  const isOlder = older({ onlyWaiting }, ` AND (${leaseIsFree})`);
  const open = "#status IN (:pending, :retrying) AND attemptCount < :attempt";
  return {
    text: `${isOlder} OR (generation = :thisGeneration AND ${open} AND (${leaseIsFree}))`,
    names: { "#status": "status" },
    values: {
      ":thisGeneration": generation,
      ...waitingStatuses,
      ":attempt": attempt,
      ...leaseValues(nowMs),
    },
  };
}
