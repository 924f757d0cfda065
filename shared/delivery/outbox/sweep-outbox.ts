import { errorFields, log, measure } from "../../runtime/logger.ts";
import type { OutboxHead } from "../../store/messages/outbox-store.ts";
import { acceptRows, type OutboxDeps } from "./accept-rows.ts";

/** The stream's records are given up a minute earlier, so that no row is taken up by both. */
const overdueMs = 5 * 60_000;

/** Pages that a sweep reads without success, so that rows which have to wait do not run up the bill. */
const maxIdlePages = 10;

/** Where the next sweep goes on, of this environment. */
export interface OutboxCursor {
  after: string | undefined;
}

/**
 * Takes up the rows that the stream did not bring within five minutes, and measures how old the oldest of them is and
 * how many rows wait for a person. Reads the table from where the last sweep stopped to its end.
 */
export async function sweepOutbox(
  stopAtMs: number,
  deps: OutboxDeps,
  cursor: OutboxCursor,
): Promise<void> {
  let [refused, oldestMs, idlePages] = [0, 0, 0];
  do {
    const { heads, last } = await deps.outbox.page(cursor.after);
    cursor.after = last;
    const overdue = heads.filter((head) => isOverdue(head, deps.now()));
    refused += heads.filter(({ reason }) => reason !== undefined).length;
    oldestMs = Math.max(oldestMs, ...overdue.map((head) => ageMs(head, deps.now())));
    if (!(await takeUp(overdue, deps))) idlePages += 1;
  } while (cursor.after !== undefined && idlePages < maxIdlePages && deps.now() < stopAtMs);
  measure("OutboxRefused", refused);
  measure("OutboxOldest", oldestMs / 1000);
}

/** One that has no time to go by is refused for it. */
function isOverdue({ time, reason }: OutboxHead, nowMs: number): boolean {
  if (reason !== undefined) return false;
  const timeMs = Date.parse(time?.S ?? "");
  return !(Math.abs(nowMs - timeMs) < overdueMs);
}

/** Of a row without a time: nothing. */
function ageMs({ time }: OutboxHead, nowMs: number): number {
  return Math.max(0, nowMs - (Date.parse(time?.S ?? "") || nowMs));
}

/**
 * What does not work now is tried again in a minute, and holds up no other rows. Returns whether there were rows, and
 * all of them are settled.
 */
async function takeUp(heads: readonly OutboxHead[], deps: OutboxDeps): Promise<boolean> {
  if (heads.length === 0) return false;
  try {
    const failure = await acceptRows(
      heads.map(({ id }) => id),
      deps,
    );
    if (failure) throw failure;
    return true;
  } catch (error) {
    log("warn", "outbox.later", errorFields(error));
    return false;
  }
}
