import type { WebhookHealth } from "../../../shared/contract/health.ts";
import { getOverview as route } from "../../../shared/contract/operations/stats/get-overview.ts";
import {
  maxInOverview,
  maxShownInOverview,
  type Overview,
} from "../../../shared/contract/stats.ts";
import {
  firstHourMs,
  type Observed,
  overviewOf,
  worstOf,
} from "../../../shared/domain/stats/overview.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import { cachesOf, enforceScope } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { type DayTotals, openDayTotals } from "../../../shared/store/health/day-totals.ts";
import { type HealthView, openHealthView } from "../../../shared/store/health/health-view.ts";
import { openStatsStore } from "../../../shared/store/health/stats-store.ts";
import { type CacheList, openCacheList } from "../../../shared/store/webhooks/cache-list.ts";
import { firstWebhooks } from "../../../shared/store/webhooks/first-webhooks.ts";
import {
  openUnwellWebhooks,
  type UnwellWebhooks,
} from "../../../shared/store/webhooks/unwell-webhooks.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "inNameOrder">;
  readonly caches: Pick<CacheList, "page" | "countWebhooks">;
  readonly unwell: UnwellWebhooks;
  readonly health: Pick<HealthView, "healthsOf">;
  readonly totals: DayTotals;
  readonly now: () => number;
}

/** What is not ok is read from its index, wherever it is; of what is ok, the first webhooks. */
export async function getOverview(
  { query: { cacheName }, caller }: Input<typeof route>,
  deps: Deps,
): Promise<Overview> {
  if (cacheName !== undefined) enforceScope(caller, route.permission, cacheName);
  const covered = cacheName === undefined ? cachesOf(caller) : [cacheName];
  const { unwell } = deps;
  const [suspects, summed] = await Promise.all([
    firstWebhooks(covered, maxInOverview, caller, { caches: unwell, webhooks: unwell }),
    firstWebhooks(covered, maxInOverview, caller, deps),
  ]);
  const isCounted = summed.length === maxInOverview && !caller.session;
  const total = isCounted ? await countAll(covered, deps) : summed.length;
  const observed = await look(suspects, summed, deps.health);
  const nowMs = deps.now();
  const shown = worstOf(observed).map(([webhook]) => webhook);
  const ids = new Set([...summed, ...shown].map(({ webhookId }) => webhookId));
  const counted = await deps.totals.since([...ids], firstHourMs(nowMs), nowMs);
  return overviewOf({ observed, total, summed }, counted, nowMs);
}

async function countAll(
  covered: readonly string[] | undefined,
  { caches }: Pick<Deps, "caches">,
): Promise<number> {
  return caches.countWebhooks(covered ?? (await caches.page(undefined, maxInOverview)).cacheNames);
}

/** Webhooks that are ok only fill up what is shown, so the health of the others is not worth a read. */
async function look(
  suspects: readonly WebhookRecord[],
  others: readonly WebhookRecord[],
  { healthsOf }: Deps["health"],
): Promise<Observed[]> {
  const observed = pair(suspects, await healthsOf(suspects));
  const room = maxShownInOverview - observed.filter(([, { state }]) => state !== "ok").length;
  const known = new Set(suspects.map(({ webhookId }) => webhookId));
  const rest = others.filter(({ webhookId }) => !known.has(webhookId));
  const shown = rest.slice(0, Math.max(0, room));
  return [...observed, ...pair(shown, await healthsOf(shown))];
}

function pair(webhooks: readonly WebhookRecord[], healths: readonly WebhookHealth[]): Observed[] {
  return webhooks.flatMap((webhook, index): Observed[] => {
    const health = healths[index];
    return health ? [[webhook, health]] : [];
  });
}

export const handler = endpoint(route, getOverview, () => ({
  webhooks: openWebhookStore(),
  caches: openCacheList(),
  unwell: openUnwellWebhooks(),
  health: openHealthView(),
  totals: openDayTotals(openStatsStore()),
  now: Date.now,
}));
