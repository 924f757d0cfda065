import type { Webhook } from "../contract/webhook.ts";
import { noSuchWebhook } from "../domain/no-such-webhook.ts";
import { maskHeaders, presentWebhook } from "../domain/present-webhook.ts";
import type { WebhookRecord } from "../domain/webhook-record.ts";
import { type Caller, covers } from "../runtime/caller.ts";
import type { Vault } from "./vault.ts";
import type { WebhookStore } from "./webhook-store.ts";

/** The webhook as this caller may see it. */
export async function webhookView(
  record: WebhookRecord,
  caller: Caller,
  vault: Pick<Vault, "headersOf">,
): Promise<Webhook> {
  const headers = await vault.headersOf(record);
  const mayManage = caller.permissions.includes("manage");
  return presentWebhook(record, mayManage ? headers : maskHeaders(headers));
}

/** The webhook of that id, if this caller's key covers its cache; else it is as if it did not exist. */
export async function webhookInScope(
  webhookId: string,
  caller: Caller,
  webhooks: Pick<WebhookStore, "findById">,
): Promise<WebhookRecord> {
  const webhook = await webhooks.findById(webhookId);
  if (!webhook || !covers(caller, webhook.cacheName)) throw noSuchWebhook(webhookId);
  return webhook;
}

/** That the caller's key covers the cache of the webhook whose log is asked for, deleted or not. */
export async function requireLogInScope(
  webhookId: string,
  caller: Caller,
  webhooks: Pick<WebhookStore, "findHome">,
): Promise<void> {
  const home = await webhooks.findHome(webhookId);
  if (!home || !covers(caller, home.cacheName)) throw noSuchWebhook(webhookId);
}
