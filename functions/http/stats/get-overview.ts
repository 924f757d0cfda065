import { getOverview as route } from "../../../shared/contract/operations/stats/get-overview.ts";
import { maxInOverview, type Overview } from "../../../shared/contract/stats.ts";
import { firstHourMs, type Observed, overviewOf } from "../../../shared/domain/stats/overview.ts";
import { cachesOf, enforceScope } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { type DayTotals, openDayTotals } from "../../../shared/store/health/day-totals.ts";
import { type HealthView, openHealthView } from "../../../shared/store/health/health-view.ts";
import { openStatsStore } from "../../../shared/store/health/stats-store.ts";
import { type CacheList, openCacheList } from "../../../shared/store/webhooks/cache-list.ts";
import { firstWebhooks } from "../../../shared/store/webhooks/first-webhooks.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "inNameOrder">;
  readonly caches: Pick<CacheList, "page">;
  readonly health: HealthView;
  readonly totals: DayTotals;
  readonly now: () => number;
}

export async function getOverview(
  { query: { cacheName }, caller }: Input<typeof route>,
  deps: Deps,
): Promise<Overview> {
  if (cacheName !== undefined) enforceScope(caller, route.permission, cacheName);
  const covered = cacheName === undefined ? cachesOf(caller) : [cacheName];
  const records = await firstWebhooks(covered, maxInOverview, deps);
  const nowMs = deps.now();
  const ids = records.map(({ webhookId }) => webhookId);
  const [healths, counted] = await Promise.all([
    deps.health.healthsOf(records),
    deps.totals.since(ids, firstHourMs(nowMs), nowMs),
  ]);
  const observed = records.flatMap((record, index): Observed[] => {
    const health = healths[index];
    return health ? [[record, health]] : [];
  });
  return overviewOf(observed, counted, nowMs);
}

export const handler = endpoint(route, getOverview, () => ({
  webhooks: openWebhookStore(),
  caches: openCacheList(),
  health: openHealthView(),
  totals: openDayTotals(openStatsStore()),
  now: Date.now,
}));
