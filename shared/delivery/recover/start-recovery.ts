import type { RecoveryRecord } from "../../domain/recovery/recovery-record.ts";
import {
  alreadyRunning,
  isAtWork,
  maxRunningRecoveries,
  type RunningRecovery,
  tooManyRunning,
} from "../../domain/recovery/running-recovery.ts";
import { conflict, retryOnConflict } from "../../store/table/table.ts";
import type { RecoverySlots, RecoveryStore } from "../../store/waiting/recovery-store.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";

export interface StartDeps {
  readonly webhooks: Pick<WebhookStore, "findLocation">;
  readonly recoveries: Pick<RecoveryStore, "find">;
  readonly slots: RecoverySlots;
}

/** Stores a job as its webhook's only one that runs, and one of its cache's few; throws where there is no room. */
export async function startRecovery(
  job: RecoveryRecord,
  cacheName: string,
  deps: StartDeps,
): Promise<void> {
  const { webhookId, startedTimeMs } = job;
  await retryOnConflict(async () => {
    const slots = await deps.slots.read(webhookId, cacheName);
    const holder = slots.ofWebhook && (await find(slots.ofWebhook, deps));
    if (isAtWork(holder, startedTimeMs)) throw alreadyRunning(holder.jobId);

    const rivals = slots.ofCache.filter((other) => other.webhookId !== webhookId);
    // Who has ended is only looked for when room is needed.
    const isFull = rivals.length >= maxRunningRecoveries;
    const { others, ended } = isFull
      ? await sort(rivals, startedTimeMs, deps)
      : { others: rivals, ended: [] };
    if (others.length >= maxRunningRecoveries) throw tooManyRunning();
    const abandoned = [holder, ...ended].flatMap((old) => (old?.state === "running" ? [old] : []));
    const outcome = await deps.slots.start({ job, cacheName, slots, others, abandoned });
    return outcome === conflict ? conflict : undefined;
  });
}

/** Those that keep their slots, and the jobs of those that do not. */
async function sort(rivals: readonly RunningRecovery[], nowMs: number, deps: StartDeps) {
  const others: RunningRecovery[] = [];
  const ended: RecoveryRecord[] = [];
  for (const rival of rivals) {
    const job = await find(rival, deps);
    if (isAtWork(job, nowMs) && !(await isDeleted(rival, deps))) others.push(rival);
    else if (job) ended.push(job);
  }
  return { others, ended };
}

async function find({ webhookId, jobId }: RunningRecovery, { recoveries }: StartDeps) {
  return recoveries.find(webhookId, jobId);
}

/** A deleted webhook's recovery stops at its next step, and nothing brings the webhook back. */
async function isDeleted({ webhookId }: RunningRecovery, { webhooks }: StartDeps) {
  const home = await webhooks.findLocation(webhookId);
  return home === undefined || home.deletedTimeMs !== undefined;
}
