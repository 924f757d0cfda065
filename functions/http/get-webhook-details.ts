import { routes } from "../../shared/contract/routes.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { isUnchanged } from "../../shared/domain/precondition.ts";
import { entityTag } from "../../shared/domain/present-webhook.ts";
import { Answer } from "../../shared/runtime/answer.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import type { Input } from "../../shared/runtime/request.ts";
import { openVault, type Vault } from "../../shared/store/vault.ts";
import { openWebhookStore, type WebhookStore } from "../../shared/store/webhook-store.ts";
import { webhookInScope, webhookView } from "../../shared/store/webhook-view.ts";

const route = routes.getWebhookDetails;

interface Deps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly vault: Pick<Vault, "headersOf">;
}

export async function getWebhookDetails(
  { params, headers, caller }: Input<typeof route>,
  { webhooks, vault }: Deps,
): Promise<Answer<Webhook>> {
  const webhook = await webhookInScope(params.webhookId, caller, webhooks);
  const status = isUnchanged(headers["if-none-match"], webhook) ? 304 : 200;
  const view = await webhookView(webhook, caller, vault);
  return new Answer(view, { status, headers: { etag: entityTag(webhook) } });
}

export const handler = endpoint(route, getWebhookDetails, () => ({
  webhooks: openWebhookStore(),
  vault: openVault(),
}));
