import type { PutWebhookResponse } from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { hookcast } from "../hookcast.ts";
import type { WebhookFields } from "./webhook-form.ts";

interface NewWebhook extends WebhookFields {
  readonly cacheName: string;
  readonly webhookName: string;
}

/** A put would replace a webhook that has the name already, which nobody expects of "create". */
export async function createWebhook(webhook: NewWebhook): Promise<PutWebhookResponse> {
  const { cacheName, webhookName } = webhook;
  for await (const { id } of hookcast().listWebhooks({ cacheName })) {
    if (id.webhookName === webhookName) {
      throw new Error(`This cache has a webhook ${webhookName} already.`);
    }
  }
  return await hookcast().putWebhook(webhook);
}
