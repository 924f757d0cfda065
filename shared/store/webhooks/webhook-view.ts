import type { Webhook } from "../../contract/webhook.ts";
import {
  entityTag,
  maskWebhook,
  noSuchWebhook,
  presentWebhook,
} from "../../domain/webhooks/present-webhook.ts";
import type { IdRow, WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { type Caller, covers, seesSecrets } from "../../runtime/caller.ts";
import type { SuspensionStore } from "../health/cache-state.ts";
import type { Vault } from "../secrets/vault.ts";
import type { WebhookStore } from "./webhook-store.ts";

export interface ViewDeps {
  readonly vault: Pick<Vault, "headersOf">;
  readonly suspensions: Pick<SuspensionStore, "has">;
}

/** A webhook as a caller may see it, and the `ETag` of what is seen. */
export interface WebhookView {
  readonly webhook: Webhook;
  readonly etag: string;
}

export async function webhookView(
  record: WebhookRecord,
  caller: Caller,
  { vault, suspensions }: ViewDeps,
): Promise<WebhookView> {
  const headers = await vault.headersOf(record);
  const isSuspended = await suspensions.has(record.cacheName);
  const webhook = presentWebhook(record, headers, isSuspended);
  return {
    webhook: seesSecrets(caller) ? webhook : maskWebhook(webhook),
    etag: entityTag(record, isSuspended),
  };
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

/** Where the webhook is or was whose log is asked for, if the caller's key covers its cache. */
export async function logInScope(
  webhookId: string,
  caller: Caller,
  webhooks: Pick<WebhookStore, "findLocation">,
): Promise<IdRow> {
  const home = await webhooks.findLocation(webhookId);
  if (!home || !covers(caller, home.cacheName)) throw noSuchWebhook(webhookId);
  return home;
}
