import * as z from "zod/mini";
import type { DeliveryJob } from "../../contract/jobs.ts";
import { StoredEvent } from "../../contract/values/event.ts";
import { expiryOf, type Step, type Verdict } from "./retry-schedule.ts";

/** One HTTP try, as it is logged. */
export const AttemptRecord = z.object({
  attempt: z.int(),
  /** When it began; epoch milliseconds. */
  timeMs: z.int(),
  statusCode: z.nullable(z.int()),
  latencyMs: z.int(),
  error: z.nullable(z.string()),
  responseBody: z.string(),
  /** Of a failed answer. This and what follows is absent on attempts of an earlier version of the service. */
  responseHeaders: z.optional(z.record(z.string(), z.string())),
  /** The webhook's version that was tried: what it had is in a row of its own. */
  settingsVersion: z.optional(z.int()),
  /** How long the request's body was. */
  bytes: z.optional(z.int()),
  /** The headers about a trace that were sent. */
  traceHeaders: z.optional(z.array(z.string())),
});
export type AttemptRecord = z.infer<typeof AttemptRecord>;

/** What came of the last attempt, as lists show it. */
export const LastAttempt = z.pick(AttemptRecord, {
  timeMs: true,
  statusCode: true,
  latencyMs: true,
  error: true,
});
export type LastAttempt = z.infer<typeof LastAttempt>;

/** What came of an attempt and what it means. */
export interface Attempted {
  readonly verdict: Verdict;
  readonly record: AttemptRecord;
  /** Whether the receiver used up the whole deadline. */
  readonly isTimeout: boolean;
}

/** How a delivery stands: one message to one webhook. The first attempt is kept in the same row. */
export const DeliveryRecord = z.object({
  v: z.literal(1),
  webhookId: z.string(),
  messageId: z.string(),
  topicName: z.string(),
  event: z.nullable(StoredEvent),
  /** `pending` when it was parked before its first attempt. */
  status: z.enum(["pending", "delivered", "retrying", "failed"]),
  generation: z.int(),
  /** Attempts made so far. */
  attemptCount: z.int(),
  publishedTimeMs: z.int(),
  lastAttemptTimeMs: z.nullable(z.int()),
  nextAttemptTimeMs: z.nullable(z.int()),
  /** Why the delivery ended without one more attempt, where the last attempt does not say it. */
  error: z.nullable(z.string()),
  firstAttempt: z.nullable(AttemptRecord),
  /** Where the first attempt was not the last one. An older version wrote none; `lastAttemptOf` tells whether it is up to date. */
  lastAttempt: z.optional(LastAttempt),
  /** Until when a function holds the right to make the next attempt; absent or past when it is free. */
  leaseUntilMs: z.optional(z.nullable(z.int())),
  /** Names who took the lease, so that a holder whose answer was lost knows its own. */
  leaseOwner: z.optional(z.string()),
  /** How often an attempt was begun that had come back again and again; absent for all others. */
  starts: z.optional(z.object({ generation: z.int(), attempt: z.int(), count: z.int() })),
  /** Epoch seconds. */
  expiresAt: z.int(),
});
export type DeliveryRecord = z.infer<typeof DeliveryRecord>;

/** What a list needs of it. */
export const SummaryRecord = z.omit(DeliveryRecord, {
  leaseUntilMs: true,
  leaseOwner: true,
  starts: true,
});
export type SummaryRecord = z.infer<typeof SummaryRecord>;

/** How the delivery stands after the step, and after the attempt where one was made. */
export function deliveryRecord(
  job: DeliveryJob,
  attempt: AttemptRecord | null,
  step: Step,
  retentionDays: number,
): DeliveryRecord {
  const { message, webhookId, generation } = job;
  const attemptCount = attempt ? job.attempt : job.attempt - 1;
  return {
    v: 1,
    webhookId,
    messageId: message.messageId,
    topicName: message.topicName,
    event: message.event,
    status: statusAfter(step, attemptCount),
    generation,
    attemptCount,
    publishedTimeMs: message.publishedTimeMs,
    lastAttemptTimeMs: attempt?.timeMs ?? null,
    nextAttemptTimeMs: step.kind === "retry" ? step.timeMs : null,
    error: step.kind === "failed" ? step.error : null,
    firstAttempt: needsLease(job) ? null : attempt,
    ...(needsLease(job) && { leaseUntilMs: null, ...(attempt && { lastAttempt: brief(attempt) }) }),
    expiresAt: expiryOf(message.publishedTimeMs, retentionDays),
  };
}

function brief({ timeMs, statusCode, latencyMs, error }: AttemptRecord): LastAttempt {
  return { timeMs, statusCode, latencyMs, error };
}

/** What came of the last attempt; undefined where none was made, or an older version wrote nothing of it into this row. */
export function lastAttemptOf(record: SummaryRecord): LastAttempt | undefined {
  const { lastAttemptTimeMs, lastAttempt, firstAttempt } = record;
  return (
    [lastAttempt, firstAttempt].find((made) => made?.timeMs === lastAttemptTimeMs) ?? undefined
  );
}

function statusAfter(step: Step, attemptCount: number): DeliveryRecord["status"] {
  if (step.kind !== "retry") return step.kind;
  return attemptCount === 0 ? "pending" : "retrying";
}

/** Longer than the delivery function may run (60 s), so that a lease that has run out has no holder. */
export const leaseMs = 75_000;

/** First attempts take no lease: most deliveries need no other, and pay nothing for it. */
export function needsLease({ attempt, generation }: DeliveryJob): boolean {
  return attempt > 1 || generation > 1;
}

/**
 * Whether the attempt that a job asks for may be made. One that is held goes back to its queue, since the
 * holder may have died; a lease of an older generation binds nobody, for its chain is over, but what a repair has sent.
 */
export function claim(
  head: DeliveryRecord | undefined,
  job: DeliveryJob,
  nowMs: number,
): "make" | "held" | "settled" {
  if (isSettled(head, job)) return "settled";
  if (!head || (head.generation < job.generation && !job.onlyWaiting)) return "make";
  return isLeased(head, nowMs) ? "held" : "make";
}

/** Whether somebody is making an attempt of the delivery. */
export function isLeased({ leaseUntilMs }: DeliveryRecord, nowMs: number): boolean {
  return isHeld(leaseUntilMs ?? 0, nowMs);
}

/** An end much further off than a lease lasts was set by a clock that had jumped ahead. */
function isHeld(leaseUntilMs: number, nowMs: number): boolean {
  return nowMs < leaseUntilMs && leaseUntilMs - nowMs <= 2 * leaseMs;
}

/** Whether the attempt that a job asks for has been made already, or is obsolete. */
export function isSettled(record: DeliveryRecord | undefined, job: DeliveryJob): boolean {
  if (!record) return false;
  if (record.generation > job.generation) return true;
  const isOver = record.status === "delivered" || record.status === "failed";
  if (record.generation < job.generation) return job.onlyWaiting === true && isOver;
  return isOver || record.attemptCount >= job.attempt;
}

/** Two clocks may differ by so much without a retry being early. */
const clockSlackMs = 1_000;

/** A sweeper whose clock had jumped ahead sent it too soon. What the queue held back is not: clocks may be set back. */
export function isEarly({ notBeforeMs = 0, waitsInQueue }: DeliveryJob, nowMs: number): boolean {
  return !waitsInQueue && notBeforeMs > nowMs + clockSlackMs;
}

/** Within so much behind its old time a job is put back: it keeps its place among those that wait. */
const putBackWithinMs = 1_000;

/**
 * A job that has waited in a row and waits again gets a later time, and so another row: whoever sent it from the old
 * one may not have deleted that yet. By `random`, from 0 to 1, copies of a job get rows of their own, too: else the one
 * would be deleted with the other.
 */
export function putBackTimeMs({ notBeforeMs, message }: DeliveryJob, random: number): number {
  if (notBeforeMs === undefined) return message.publishedTimeMs;
  return notBeforeMs + 1 + Math.floor(putBackWithinMs * random);
}
