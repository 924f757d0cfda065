import type { DeliveryJob } from "../../contract/jobs.ts";
import { nextAttemptTime } from "./retry-schedule.ts";
import type { Verdict } from "./verdict.ts";

/** What happens to a delivery after an attempt. */
export type Step =
  | { kind: "delivered" }
  | { kind: "retry"; timeMs: number }
  | { kind: "failed"; error: string };

interface Circumstances {
  readonly job: DeliveryJob;
  readonly verdict: Verdict;
  readonly nowMs: number;
  /** Waits between attempts, in seconds. */
  readonly schedule: readonly number[];
  /** A random number from 0 to 1. */
  readonly jitter: number;
}

export function nextStep({ job, verdict, nowMs, schedule, jitter }: Circumstances): Step {
  if (verdict.kind === "delivered") return { kind: "delivered" };
  if (verdict.kind === "failed") return { kind: "failed", error: verdict.error };
  const next = nextAttemptTime({
    schedule,
    attempt: job.attempt,
    nowMs,
    publishedTimeMs: job.message.publishedTimeMs,
    jitter,
    notBeforeMs: verdict.notBeforeMs,
  });
  if (next.kind === "over") return { kind: "failed", error: next.error };
  return { kind: "retry", timeMs: next.timeMs };
}
