import {
  updateWebhookStatus as route,
  type UpdateStatusResponse,
} from "../../../shared/contract/operations/webhooks/update-webhook-status.ts";
import {
  openRepairDeps,
  type RepairDeps,
  repairWebhook,
} from "../../../shared/delivery/breaker/repair.ts";
import { resetBreaker } from "../../../shared/domain/breaker/breaker-timer.ts";
import { assertMatch, entityTag } from "../../../shared/domain/webhooks/present-webhook.ts";
import { changeWebhook } from "../../../shared/domain/webhooks/webhook-record.ts";
import { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { conflict, retryOnConflict } from "../../../shared/store/table/table.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { webhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../../shared/store/webhooks/webhook-writer.ts";

interface Deps extends RepairDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly writer: Pick<WebhookWriter, "replace">;
}

export async function updateWebhookStatus(
  { params, headers, body, caller }: Input<typeof route>,
  deps: Deps,
): Promise<ApiResponse<UpdateStatusResponse>> {
  const { webhooks, writer, now } = deps;
  const status = body.webhookStatus;
  const updated = await retryOnConflict(async () => {
    const webhook = await webhookInScope(params.webhookId, caller, webhooks);
    assertMatch(headers["if-match"], webhook);
    if (webhook.status === status) return webhook;
    const next = changeWebhook(webhook, { status, statusReason: undefined }, now());
    return (await writer.replace(webhook, next)) === conflict ? conflict : next;
  }, deps);
  // Activating clears the breaker: what waits goes out, and new messages are posted at once.
  if (status === "active") await repairWebhook(updated, deps, resetBreaker);
  const webhookStatus = status === "active" ? "Webhook is active." : "Webhook is inactive.";
  const value: UpdateStatusResponse = { webhookId: updated.webhookId, webhookStatus };
  return new ApiResponse(value, { headers: { etag: entityTag(updated) } });
}

export const handler = endpoint(route, updateWebhookStatus, () => ({
  ...openRepairDeps(),
  webhooks: openWebhookStore(),
  writer: openWebhookWriter(),
}));
