import { type Loaded, useLoaded } from "../loaded.ts";
import { rememberCache } from "../session.ts";
import { type KnownWebhook, readWebhook } from "./known-webhook.ts";

export function useWebhook(webhookId: string): Loaded<KnownWebhook> {
  return useLoaded(webhookId, async (signal) => {
    const known = await readWebhook(webhookId, signal);
    rememberCache(known.webhook.id.cacheName);
    return known;
  });
}
