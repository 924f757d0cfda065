import { type DeliveryRecord, isLeased } from "./delivery-record.ts";

const hourMs = 3_600_000;

/** So late is no attempt whose job still waits in a queue that is worked off, or in a row that is swept. */
export const lostAfterMs = hourMs;

/**
 * Whether the job of a delivery's next attempt must be lost: with a queue that was purged, or a table that
 * was set back. Those that wait for a breaker look the same and are not.
 */
export function isOverdue(head: DeliveryRecord, nowMs: number): boolean {
  const { status, nextAttemptTimeMs } = head;
  if (status !== "retrying" && status !== "pending") return false;
  if (nextAttemptTimeMs === null || nextAttemptTimeMs > nowMs - lostAfterMs) return false;
  return !isLeased(head, nowMs);
}

const minuteMs = 60_000;
const minutes = 60;
/** Sixty of these are the seven days that a delivery lives. */
const sliceMs = (7 * 24 * hourMs) / minutes;

/**
 * The times of publication to look through in this minute, from the first until just before the second;
 * epoch milliseconds. Each hour looks through every time once, and needs to keep no note of how far it is.
 */
export function timesToLookThrough(nowMs: number): readonly [number, number][] {
  const minute = Math.floor(nowMs / minuteMs) % minutes;
  const newest = Math.floor(nowMs / sliceMs);
  const slice = newest - ((newest - minute) % minutes);
  const untilMs = Math.min((slice + 1) * sliceMs, nowMs - lostAfterMs);
  const usual: [number, number] = [slice * sliceMs, untilMs];
  const older: [number, number] = [0, (newest - minutes + 1) * sliceMs];
  const slices = minute === 0 ? [older, usual] : [usual];
  return slices.filter(([from, until]) => from < until);
}
