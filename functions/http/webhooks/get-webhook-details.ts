import { getWebhookDetails as route } from "../../../shared/contract/operations/webhooks/get-webhook-details.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { isUnchanged } from "../../../shared/domain/webhooks/present-webhook.ts";
import { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { type HealthView, openHealthView } from "../../../shared/store/health/health-view.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import {
  type ViewDeps,
  webhookInScope,
  webhookView,
} from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps extends ViewDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly health: Pick<HealthView, "healthOf">;
}

export async function getWebhookDetails(
  { params, query, headers, caller }: Input<typeof route>,
  deps: Deps,
): Promise<ApiResponse<Webhook>> {
  const record = await webhookInScope(params.webhookId, caller, deps.webhooks);
  const { webhook, etag } = await webhookView(record, caller, deps);
  if (query.include === "health") {
    const health = await deps.health.healthOf(record);
    // It changes without the webhook, so no version names what is shown.
    return new ApiResponse({ ...webhook, health });
  }
  const status = isUnchanged(headers["if-none-match"], etag) ? 304 : 200;
  return new ApiResponse(webhook, { status, headers: { etag } });
}

export const handler = endpoint(route, getWebhookDetails, () => ({
  webhooks: openWebhookStore(),
  health: openHealthView(),
  vault: openVault(),
  suspensions: openSuspensionStore(),
}));
