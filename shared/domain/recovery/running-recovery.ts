import * as z from "zod/mini";
import { AppError } from "../app-error.ts";
import type { RecoveryRecord } from "./recovery-record.ts";

/** A recovery that has a webhook to itself. */
export const RunningRecovery = z.object({
  webhookId: z.string(),
  jobId: z.string(),
  /** Who started it, where that was not a call of recoverDeliveries. */
  startedBy: z.optional(z.string()),
});
export type RunningRecovery = z.infer<typeof RunningRecovery>;

/** So many recoveries of one cache run at once. */
export const maxRunningRecoveries = 5;

/** Twice as long as a step that fails is handed out before it becomes a dead letter. */
const abandonedAfterMs = 60 * 60_000;
/** A job whose first step was never taken may have been stored by a call that died before it sent it. */
const unstartedAfterMs = 5 * 60_000;

/**
 * Whether a job is still at work. One that has ended is not, nor one that has made no progress for so long that it
 * never will unless somebody brings its step back. A clock that jumps back makes none immortal.
 */
export function isAtWork(job: RecoveryRecord | undefined, nowMs: number): job is RecoveryRecord {
  if (job?.state !== "running") return false;
  const { step, startedTimeMs, progressTimeMs = startedTimeMs } = job;
  const maxSilenceMs = step === 0 ? unstartedAfterMs : abandonedAfterMs;
  return Math.abs(nowMs - progressTimeMs) < maxSilenceMs;
}

export function alreadyRunning(jobId: string): AppError {
  return new AppError(
    "FAILED_PRECONDITION_ERROR",
    `recovery ${jobId} of this webhook is running; wait until it has ended`,
    { details: [{ path: "jobId", message: jobId }] },
  );
}

export function tooManyRunning(): AppError {
  const message = `a cache runs at most ${maxRunningRecoveries} recoveries at once`;
  return new AppError("LIMIT_EXCEEDED_ERROR", message);
}
