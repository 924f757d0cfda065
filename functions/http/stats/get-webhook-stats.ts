import * as z from "zod/mini";
import {
  type GetWebhookStatsResponse,
  getWebhookStats as route,
} from "../../../shared/contract/operations/stats/get-webhook-stats.ts";
import { bucketUnits } from "../../../shared/contract/stats.ts";
import { presentStats } from "../../../shared/domain/stats/present-stats.ts";
import { statsWindow, statsWindowProblems } from "../../../shared/domain/stats/stats-window.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openStatsStore, type StatsStore } from "../../../shared/store/health/stats-store.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { logInScope } from "../../../shared/store/webhooks/webhook-view.ts";

const Moment = z.catch(z.optional(z.iso.datetime({ offset: true })), undefined);
/** What can be read of a query; the rest is the schema's to complain of. */
const Readable = z.object({
  since: Moment,
  until: Moment,
  by: z.catch(z.optional(z.enum(bucketUnits)), undefined),
});

interface Deps {
  readonly webhooks: Pick<WebhookStore, "find" | "findLocation">;
  readonly stats: Pick<StatsStore, "isOn" | "minutes">;
  readonly now: () => number;
}

/** Also of a deleted webhook, as its log. */
export async function getWebhookStats(
  { params: { webhookId }, query, caller }: Input<typeof route>,
  { webhooks, stats, now }: Deps,
): Promise<GetWebhookStatsResponse> {
  await logInScope(webhookId, caller, webhooks);
  if (!stats.isOn) return { buckets: null };
  const window = statsWindow(query, now());
  return { buckets: presentStats(window, await stats.minutes(webhookId, window)) };
}

export const handler = endpoint(
  route,
  getWebhookStats,
  () => ({ webhooks: openWebhookStore(), stats: openStatsStore(), now: Date.now }),
  (_, { query }) => statsWindowProblems(z.parse(Readable, query), Date.now()),
);
