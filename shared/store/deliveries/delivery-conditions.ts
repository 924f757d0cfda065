import type { DeliveryJob } from "../../contract/jobs.ts";
import type { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { leaseMs } from "../../domain/attempts/lease.ts";
import type { Expression } from "../table/expression.ts";

/** There is no row, or one of an older generation. */
const older = "attribute_not_exists(pk) OR generation < :thisGeneration";

/**
 * On which a row is written: an older state never replaces a newer. A success is final for its generation,
 * whichever of two attempts at once it came from.
 */
export function notNewerThan({ generation, attemptCount, status }: DeliveryRecord): Expression {
  if (status === "delivered") {
    return {
      text: `${older} OR generation = :thisGeneration`,
      values: { ":thisGeneration": generation },
    };
  }
  // Of two states after the same attempt a failure is the later: the other was only slow to be written.
  const behind = "(attemptCount < :made OR (attemptCount = :made AND #status <> :failure))";
  return {
    text: `${older} OR (generation = :thisGeneration AND ${behind} AND #status <> :success)`,
    names: { "#status": "status" },
    values: {
      ":thisGeneration": generation,
      ":made": attemptCount,
      ":failure": "failed",
      ":success": "delivered",
    },
  };
}

/** Free, past, or set by a clock that had jumped ahead. */
const leaseIsFree =
  "attribute_not_exists(leaseUntilMs) OR attribute_type(leaseUntilMs, :null) OR leaseUntilMs <= :now OR leaseUntilMs > :ahead";

/**
 * On which the next attempt is leased: the same as `claim` in lease.ts decides from a read, decided by the table
 * among all who try at once.
 */
export function mayLease(
  { generation }: DeliveryRecord,
  { attempt }: DeliveryJob,
  nowMs: number,
): Expression {
  const open = "#status IN (:pending, :retrying) AND attemptCount < :attempt";
  return {
    text: `${older} OR (generation = :thisGeneration AND ${open} AND (${leaseIsFree}))`,
    names: { "#status": "status" },
    values: {
      ":thisGeneration": generation,
      ":pending": "pending",
      ":retrying": "retrying",
      ":attempt": attempt,
      ":null": "NULL",
      ":now": nowMs,
      ":ahead": nowMs + 2 * leaseMs,
    },
  };
}
