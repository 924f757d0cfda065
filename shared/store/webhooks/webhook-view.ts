import type { Webhook } from "../../contract/webhook.ts";
import {
  entityTag,
  maskWebhook,
  noSuchWebhook,
  presentWebhook,
} from "../../domain/webhooks/present-webhook.ts";
import type { IdRow, WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { type Caller, covers, sees, seesSecrets } from "../../runtime/caller.ts";
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

/** The webhook of that id, if this caller sees it; else it is as if it did not exist. */
export async function webhookInScope(
  webhookId: string,
  caller: Caller,
  webhooks: Pick<WebhookStore, "findById">,
): Promise<WebhookRecord> {
  const webhook = await webhooks.findById(webhookId);
  if (!webhook || !sees(caller, webhook)) throw noSuchWebhook(webhookId);
  return webhook;
}

/** The same by its name. */
export async function namedWebhookInScope(
  cacheName: string,
  webhookName: string,
  caller: Caller,
  webhooks: Pick<WebhookStore, "find">,
): Promise<WebhookRecord> {
  const webhook = await webhooks.find(cacheName, webhookName);
  if (!webhook || !sees(caller, webhook)) throw noSuchWebhook(webhookName);
  return webhook;
}

/** Where the webhook is or was whose log is asked for, if the caller sees it. */
export async function logInScope(
  webhookId: string,
  caller: Caller,
  webhooks: Pick<WebhookStore, "findLocation" | "find">,
): Promise<IdRow> {
  const home = await webhooks.findLocation(webhookId);
  if (!home || !(await seesHome(webhookId, home, caller, webhooks))) throw noSuchWebhook(webhookId);
  return home;
}

/** Its topic is the live webhook's, which is one more read for portal sessions; a deleted one's is kept with its id. */
async function seesHome(
  webhookId: string,
  { cacheName, webhookName, deletedTimeMs, topicName }: IdRow,
  caller: Caller,
  webhooks: Pick<WebhookStore, "find">,
): Promise<boolean> {
  if (!caller.session) return covers(caller, cacheName);
  if (deletedTimeMs !== undefined) {
    return topicName !== undefined && sees(caller, { cacheName, topicName });
  }
  const webhook = await webhooks.find(cacheName, webhookName);
  return webhook?.webhookId === webhookId && sees(caller, webhook);
}
