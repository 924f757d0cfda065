import { randomBytes } from "node:crypto";
import type { RecoverResponse } from "../../shared/contract/recovery.ts";
import { routes } from "../../shared/contract/routes.ts";
import { AppError } from "../../shared/domain/app-error.ts";
import { mintId } from "../../shared/domain/ids.ts";
import { recoveryWindow } from "../../shared/domain/recovery-window.ts";
import { expiryOf } from "../../shared/domain/retention.ts";
import { openRecoverQueue, type RecoverQueue } from "../../shared/queue/recover-queue.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import type { Input } from "../../shared/runtime/request.ts";
import { openRecoveryStore, type RecoveryStore } from "../../shared/store/recovery-store.ts";
import { openWebhookStore, type WebhookStore } from "../../shared/store/webhook-store.ts";
import { webhookInScope } from "../../shared/store/webhook-view.ts";

const route = routes.recoverDeliveries;

interface Deps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly recoveries: Pick<RecoveryStore, "put">;
  readonly steps: RecoverQueue;
  readonly retentionDays: number;
  readonly now: () => number;
}

/** Stored before it is sent: a step that finds no job has nothing to do. */
export async function recoverDeliveries(
  { params: { webhookId }, body, caller }: Input<typeof route>,
  { webhooks, recoveries, steps, retentionDays, now }: Deps,
): Promise<RecoverResponse> {
  const webhook = await webhookInScope(webhookId, caller, webhooks);
  const startedTimeMs = now();
  const window = recoveryWindow(body, startedTimeMs);
  if (webhook.status === "inactive") {
    throw new AppError("FAILED_PRECONDITION_ERROR", "the webhook is inactive");
  }
  const jobId = mintId("job", startedTimeMs, randomBytes(10));
  await recoveries.put({
    v: 1,
    jobId,
    webhookId,
    mode: body.mode,
    dryRun: body.dryRun ?? false,
    state: "running",
    step: 0,
    window,
    plan: [],
    matched: 0,
    enqueued: 0,
    startedTimeMs,
    endedTimeMs: null,
    expiresAt: expiryOf(startedTimeMs, retentionDays),
  });
  await steps.send({ v: 1, webhookId, cacheName: webhook.cacheName, jobId, step: 0 }, 0);
  return { jobId };
}

export const handler = endpoint(route, recoverDeliveries, () => ({
  webhooks: openWebhookStore(),
  recoveries: openRecoveryStore(),
  steps: openRecoverQueue(),
  retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
  now: Date.now,
}));
