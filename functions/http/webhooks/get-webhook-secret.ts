import {
  getWebhookSecret as route,
  type WebhookSecret,
} from "../../../shared/contract/operations/webhooks/get-webhook-secret.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openVault, type Vault } from "../../../shared/store/secrets/vault.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { namedWebhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly vault: Pick<Vault, "secretOf">;
}

export async function getWebhookSecret(
  { params: { cacheName, webhookName }, caller }: Input<typeof route>,
  { webhooks, vault }: Deps,
): Promise<WebhookSecret> {
  const webhook = await namedWebhookInScope(cacheName, webhookName, caller, webhooks);
  const secret = await vault.secretOf(webhook);
  return { secret: secret.reveal(), webhookName, cacheName };
}

export const handler = endpoint(route, getWebhookSecret, () => ({
  webhooks: openWebhookStore(),
  vault: openVault(),
}));
