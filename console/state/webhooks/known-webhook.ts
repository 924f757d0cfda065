import type { Webhook } from "../../../shared/contract/webhook.ts";
import { hookcast } from "../hookcast.ts";

export interface KnownWebhook {
  readonly webhook: Webhook;
  /** Its version, so that nobody else's change is overwritten unseen. */
  readonly etag: string | undefined;
}

export async function readWebhook(webhookId: string, signal: AbortSignal): Promise<KnownWebhook> {
  const { response, etag } = await hookcast().call("getWebhookDetails", { webhookId }, { signal });
  if (!response) throw new Error("the answer is empty"); // only a conditional request is answered so
  return { webhook: response, etag };
}
