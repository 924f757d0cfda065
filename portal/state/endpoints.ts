import { hookcast } from "../../console/state/hookcast.ts";
import { type Loaded, useLoaded } from "../../console/state/loaded.ts";
import { type KnownWebhook, readWebhook } from "../../console/state/webhooks/known-webhook.ts";
import { useWhileVisible } from "../../console/state/while-visible.ts";
import type { WebhookState } from "../../shared/contract/health.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { cacheName } from "./session.ts";

/** Worst first. */
const order: readonly WebhookState[] = ["held", "failing", "limited", "disabled", "ok"];
const pageSize = 100;
/** More than a customer has; all are there, so that the worst can be first. */
const most = 1_000;
const pauseMs = 10_000;

/** The customer's endpoints with their health, worst first, asked for again while somebody sees them. */
export function useEndpoints(): Loaded<readonly Webhook[]> {
  const loaded = useLoaded<readonly Webhook[]>("endpoints", async (signal) => {
    const found: Webhook[] = [];
    const input = { cacheName: cacheName(), limit: pageSize, include: "health" } as const;
    for await (const webhook of hookcast().listWebhooks(input, { signal })) {
      if (found.push(webhook) >= most) break;
    }
    return found.sort(worseFirst);
  });
  useWhileVisible(loaded.reload, pauseMs, true);
  return loaded;
}

export function useEndpoint(webhookId: string): Loaded<KnownWebhook> {
  return useLoaded(webhookId, (signal) => readWebhook(webhookId, signal));
}

/** A name of its own, or where it posts to. */
export function titleOf({ id, webhookId, destination }: Webhook): string {
  if (id.webhookName !== webhookId) return id.webhookName;
  const { postUrl } = destination;
  return URL.canParse(postUrl) ? new URL(postUrl).host : postUrl;
}

function worseFirst(one: Webhook, other: Webhook): number {
  const place = ({ health }: Webhook) => order.indexOf(health?.state ?? "ok");
  return place(one) - place(other) || titleOf(one).localeCompare(titleOf(other));
}
