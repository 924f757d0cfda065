import type { Webhook } from "../../../shared/contract/webhook.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import { rememberCache } from "../session.ts";

export interface KnownWebhook {
  readonly webhook: Webhook;
  /** Its version, so that nobody else's change is overwritten unseen. */
  readonly etag: string | undefined;
}

export function useWebhook(webhookId: string): Loaded<KnownWebhook> {
  return useLoaded(webhookId, async (signal) => {
    const { response, etag } = await hookcast().call(
      "getWebhookDetails",
      { webhookId },
      { signal },
    );
    if (!response) throw new Error("the answer is empty"); // only a conditional request is answered so
    rememberCache(response.id.cacheName);
    return { webhook: response, etag };
  });
}
