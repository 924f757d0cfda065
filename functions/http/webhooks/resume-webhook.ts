import type { WebhookHealth } from "../../../shared/contract/health.ts";
import { resumeWebhook as route } from "../../../shared/contract/operations/webhooks/resume-webhook.ts";
import {
  openRepairDeps,
  type RepairDeps,
  repairWebhook,
} from "../../../shared/delivery/breaker/repair.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { type HealthView, openHealthView } from "../../../shared/store/health/health-view.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { webhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps extends RepairDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly health: Pick<HealthView, "healthOf">;
}

export async function resumeWebhook(
  { params: { webhookId }, caller }: Input<typeof route>,
  deps: Deps,
): Promise<WebhookHealth> {
  const webhook = await webhookInScope(webhookId, caller, deps.webhooks);
  if (webhook.status === "inactive") {
    throw new AppError("FAILED_PRECONDITION_ERROR", "the webhook is inactive");
  }
  await repairWebhook(webhook, deps);
  return deps.health.healthOf(webhook);
}

export const handler = endpoint(route, resumeWebhook, () => ({
  ...openRepairDeps(),
  webhooks: openWebhookStore(),
  health: openHealthView(),
}));
