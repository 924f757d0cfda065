import { randomBytes } from "node:crypto";
import {
  type RecoverBody,
  type RecoverResponse,
  recoverDeliveries as route,
} from "../../../shared/contract/operations/deliveries/recover-deliveries.ts";
import {
  type LookDeps,
  lookAtHolds,
  openLookDeps,
} from "../../../shared/delivery/breaker/holds.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import { type StartDeps, startRecovery } from "../../../shared/delivery/recover/start-recovery.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { expiryOf } from "../../../shared/domain/attempts/retry-schedule.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import type {
  RecoveryFilter,
  RecoveryRecord,
} from "../../../shared/domain/recovery/recovery-record.ts";
import { recoveryWindow } from "../../../shared/domain/recovery/recovery-window.ts";
import { openRecoverQueue, type RecoverQueue } from "../../../shared/queue/queues.ts";
import type { Caller } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { checkWindow } from "../../../shared/runtime/recover-check.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openRecoverySlots,
  openRecoveryStore,
  type RecoveryStore,
} from "../../../shared/store/waiting/recovery-store.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { webhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps extends StartDeps, LookDeps {
  readonly webhooks: Pick<WebhookStore, "findById" | "findLocation">;
  readonly recoveries: Pick<RecoveryStore, "find" | "advance">;
  readonly steps: RecoverQueue;
  readonly retentionDays: number;
}

/** Stored before it is sent: a step that finds no job has nothing to do. */
export async function recoverDeliveries(
  { params: { webhookId }, headers, body, caller }: Input<typeof route>,
  deps: Deps,
): Promise<RecoverResponse> {
  const { webhooks, retentionDays, now } = deps;
  const hops = hopsOf(headers);
  const webhook = await webhookInScope(webhookId, caller, webhooks);
  const startedTimeMs = now();
  const window = recoveryWindow(body, startedTimeMs);
  if (webhook.status === "inactive") {
    throw new AppError("FAILED_PRECONDITION_ERROR", "the webhook is inactive");
  }
  const jobId = mintId("job", startedTimeMs, randomBytes(10));
  const job: RecoveryRecord = {
    v: 1,
    jobId,
    webhookId,
    mode: body.mode,
    ...filterOf(body, caller),
    dryRun: body.dryRun ?? false,
    ...(hops > 0 && { hops }),
    state: "running",
    step: 0,
    window,
    plan: [],
    matched: 0,
    enqueued: 0,
    startedTimeMs,
    endedTimeMs: null,
    expiresAt: expiryOf(startedTimeMs, retentionDays),
  };
  const { isOpen, isHeld } = await lookAtHolds(webhook, deps);
  await startRecovery(job, webhook.cacheName, deps);
  await sendFirstStep(job, webhook.cacheName, deps);
  return { jobId, ...((isOpen || isHeld) && !job.dryRun && { held: true }) };
}

function filterOf(
  { messageIds, event, statusClass }: RecoverBody,
  { session }: Caller,
): RecoveryFilter {
  return {
    ...(messageIds && { messageIds: [...new Set(messageIds)] }),
    ...(event !== undefined && { event }),
    ...(statusClass && { statusClass }),
    ...(session && { session: session.topics ? { topics: [...session.topics] } : {} }),
  };
}

/** A job whose first step the queue did not take is stopped: whoever asks again must not find it running. */
async function sendFirstStep(job: RecoveryRecord, cacheName: string, deps: Deps): Promise<void> {
  const { webhookId, jobId, window } = job;
  try {
    await deps.steps.send({ v: 1, webhookId, cacheName, jobId, step: 0 }, 0);
  } catch (error) {
    const nowMs = deps.now();
    const stopped = { state: "stopped", endedTimeMs: nowMs, progressTimeMs: nowMs } as const;
    await deps.recoveries.advance(job, { ...stopped, window, plan: [], matched: 0, enqueued: 0 });
    throw error;
  }
}

export const handler = endpoint(
  route,
  recoverDeliveries,
  () => ({
    ...openLookDeps(),
    webhooks: openWebhookStore(),
    recoveries: openRecoveryStore(),
    slots: openRecoverySlots(),
    steps: openRecoverQueue(),
    retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
  }),
  (json) => checkWindow(json, Date.now()),
);
