import { getRecovery as route } from "../../../shared/contract/operations/deliveries/get-recovery.ts";
import type { Recovery } from "../../../shared/contract/recovery.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { presentRecovery } from "../../../shared/domain/recovery/recovery-record.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openRecoveryStore,
  type RecoveryStore,
} from "../../../shared/store/waiting/recovery-store.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { logInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "find" | "findLocation">;
  readonly recoveries: Pick<RecoveryStore, "find">;
}

/** Also of a deleted webhook, whose log stays readable. */
export async function getRecovery(
  { params: { webhookId, jobId }, caller }: Input<typeof route>,
  { webhooks, recoveries }: Deps,
): Promise<Recovery> {
  await logInScope(webhookId, caller, webhooks);
  const record = await recoveries.find(webhookId, jobId);
  if (!record) throw new AppError("NOT_FOUND_ERROR", `there is no recovery ${jobId}`);
  return presentRecovery(record);
}

export const handler = endpoint(route, getRecovery, () => ({
  webhooks: openWebhookStore(),
  recoveries: openRecoveryStore(),
}));
