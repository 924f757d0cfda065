import type { WebhookHealth } from "../../../shared/contract/health.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import { useWhileVisible } from "../while-visible.ts";

const pauseMs = 5_000;

/** How a webhook does, asked for again while somebody sees it. */
export function useHealth(webhookId: string): Loaded<WebhookHealth | undefined> {
  const loaded = useLoaded(`health/${webhookId}`, async (signal) => {
    const input = { webhookId, include: "health" } as const;
    const { response } = await hookcast().call("getWebhookDetails", input, { signal });
    return response?.health;
  });
  useWhileVisible(loaded.reload, pauseMs, true);
  return loaded;
}
