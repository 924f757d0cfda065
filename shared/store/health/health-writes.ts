import type { Health, HealthRecord } from "../../domain/breaker/health-record.ts";
import { keys } from "../keys.ts";
import type { Database } from "../table/database.ts";
import type { Expression } from "../table/expression.ts";
import type { Table } from "../table/table.ts";
import { isTransactionConflict } from "../table/transaction.ts";

/** Which webhook a health row is about. */
export type WebhookRef = Pick<HealthRecord, "webhookId" | "cacheName" | "webhookName">;

/** The row of a webhook that was deleted goes by itself, long after any rule could ask for it. */
const keptSeconds = 90 * 86_400;
/** No row means proven: that of a webhook which waits for its first message must outlast the waiting. */
const waitingSeconds = 400 * 86_400;

interface HealthTable {
  readonly database: Pick<Database, "transact">;
  readonly table: Table;
  readonly nowMs: number;
}

/** Writes `after` if the row still is `before`, and answers whether it was. */
export async function changeHealthRow(
  { database, table, nowMs }: HealthTable,
  who: WebhookRef,
  before: Health | undefined,
  after: Health | undefined,
): Promise<boolean> {
  const index = indexWrites(table, who, before, after);
  // A transaction costs twice the write units, and most changes touch one row.
  if (index.length === 0) {
    return writeAlone(table, who, before, after && rowOf(who, after, nowMs));
  }
  const health = healthWrite(table, who, before, after, nowMs);
  return (await database.transact([health, ...index])) === undefined;
}

/**
 * By itself. An answer that got lost is asked for again and then looks like somebody else's write: the
 * caller counts once more than there was.
 */
async function writeAlone(
  table: Table,
  who: WebhookRef,
  before: Health | undefined,
  row: HealthRow | undefined,
): Promise<boolean> {
  try {
    if (!row) return await table.remove(keys.health(who.webhookId), unchanged(before));
    return (await table.put(row, unchanged(before))) === undefined;
  } catch (error) {
    if (isTransactionConflict(error)) return false;
    throw error;
  }
}

/** As a part of a transaction. */
export function healthWrite(
  table: Table,
  who: WebhookRef,
  before: Health | undefined,
  after: Health | undefined,
  nowMs: number,
) {
  if (!after) return table.deleting(keys.health(who.webhookId), unchanged(before));
  return table.putting(rowOf(who, after, nowMs), unchanged(before));
}

function unchanged(before: Health | undefined): Expression {
  if (!before) return { text: "attribute_not_exists(pk)" };
  return { text: "version = :version", values: { ":version": before.version } };
}

type HealthRow = ReturnType<typeof rowOf>;

function rowOf({ webhookId, cacheName, webhookName }: WebhookRef, after: Health, nowMs: number) {
  const { version, failures, timeouts, failingSinceMs, breaker } = after;
  const { slowUntilMs, offences, isNewcomer, throttle } = after;
  const pace = { slowUntilMs, offences, isNewcomer };
  const health = { version, failures, timeouts, failingSinceMs, ...pace, throttle, breaker };
  const expiresAt = Math.floor(nowMs / 1000) + (isNewcomer ? waitingSeconds : keptSeconds);
  return {
    ...keys.health(webhookId),
    ...{ v: 1, webhookId, cacheName, webhookName, ...health, expiresAt },
  };
}

/** A ticking breaker has a row in the index for as long as it ticks, so that a lost tick is found. */
function indexWrites(
  table: Table,
  { webhookId }: WebhookRef,
  before: Health | undefined,
  after: Health | undefined,
) {
  const [did, does] = [isTicking(before), isTicking(after)];
  if (did === does) return [];
  const key = keys.breaker(webhookId);
  return [does ? table.putting({ ...key, v: 1 }) : table.deleting(key)];
}

function isTicking(health: Health | undefined): boolean {
  return health !== undefined && health.breaker.kind !== "closed";
}
