import type { Webhook } from "../contract/webhook.ts";
import { maskHeaders, presentWebhook } from "../domain/present-webhook.ts";
import type { WebhookRecord } from "../domain/webhook-record.ts";
import type { Caller } from "../runtime/caller.ts";
import type { Vault } from "./vault.ts";

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
