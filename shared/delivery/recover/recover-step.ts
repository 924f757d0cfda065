import type { RecoveryStep } from "../../contract/jobs.ts";
import type { IdSpan } from "../../domain/ids.ts";
import type { RecoveryRecord } from "../../domain/recovery/recovery-record.ts";
import type { RecoverQueue } from "../../queue/queues.ts";
import type { RecoveryProgress, RecoveryStore } from "../../store/waiting/recovery-store.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";
import { type FindDeps, findRecoverable, type Sought } from "./find-recoverable.ts";
import { type SendRecoveredDeps, sendRecovered } from "./send-recovered.ts";

export interface RecoverDeps extends FindDeps, SendRecoveredDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly recoveries: Pick<RecoveryStore, "find" | "advance">;
  readonly next: RecoverQueue;
  /** Deliveries a second. */
  readonly rate: number;
}

/** A step's share: at low rates several seconds' worth, since every step has its price. */
const [smallestStep, largestStep] = [25, 500];

/**
 * Takes one step: sends what the step before has found, finds what the next is to send, notes both, and
 * leaves the rest to the next step. One that dies is handed out again. If it had not noted anything yet, it
 * sends the very same; if it had, it only makes sure that there is a next one.
 */
export async function recoverStep(
  { webhookId, cacheName, jobId, step }: RecoveryStep,
  isRepeat: boolean,
  deps: RecoverDeps,
): Promise<void> {
  const job = await deps.recoveries.find(webhookId, jobId);
  if (job?.state !== "running") return;
  const next = { v: 1 as const, webhookId, cacheName, jobId };
  if (step !== job.step) {
    // Who took this step left the next one to others, unless it was this very message before it came back.
    if (isRepeat) await deps.next.send({ ...next, step: job.step }, 0);
    return;
  }
  const { progress, delaySeconds } = await take(job, deps);
  if (!(await deps.recoveries.advance(job, progress)) || progress.state !== "running") return;
  await deps.next.send({ ...next, step: step + 1 }, delaySeconds);
}

async function take(job: RecoveryRecord, deps: RecoverDeps) {
  const { now } = deps;
  const { window, matched, enqueued, endedTimeMs } = job;
  const webhook = await deps.webhooks.findById(job.webhookId);
  if (webhook?.status !== "active") {
    const stopped = { ...ended("stopped", deps), window, matched, enqueued, progressTimeMs: now() };
    return { progress: stopped, delaySeconds: 0 };
  }
  const sent = await sendRecovered(webhook, job, deps);
  const found = window
    ? await findRecoverable[job.mode](webhook, soughtBy(job, window, deps), deps)
    : { plan: [], rest: null };
  const toSend = job.dryRun ? [] : found.plan;
  const isOver = found.rest === null && toSend.length === 0;
  const progress: RecoveryProgress = {
    ...(isOver ? ended("completed", deps) : { state: "running", plan: toSend, endedTimeMs }),
    window: found.rest,
    matched: matched + found.plan.length,
    enqueued: enqueued + sent,
    progressTimeMs: now(),
  };
  return { progress, delaySeconds: Math.ceil(sent / deps.rate) };
}

function soughtBy(
  { messageIds, event, statusClass, session }: RecoveryRecord,
  window: IdSpan,
  deps: RecoverDeps,
): Sought {
  return { messageIds, event, statusClass, session, window, howMany: shareOf(deps) };
}

function ended(state: "completed" | "stopped", { now }: RecoverDeps) {
  return { state, plan: [], endedTimeMs: now() };
}

function shareOf({ rate }: RecoverDeps): number {
  return Math.min(Math.max(rate, smallestStep), largestStep);
}
