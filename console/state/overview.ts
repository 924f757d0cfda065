import type { WebhookState } from "../../shared/contract/health.ts";
import type { Overview } from "../../shared/contract/stats.ts";
import { hookcast } from "./hookcast.ts";
import { type Loaded, useLoaded } from "./loaded.ts";
import { useWhileVisible } from "./while-visible.ts";

export type { Overview };
export type OverviewWebhook = Overview["webhooks"][number];

/** Worst first, as the table and the tiles show them. */
export const states: readonly WebhookState[] = ["held", "failing", "limited", "disabled", "ok"];

const refreshMs = 15_000;

/** What the first screen shows, asked for again while somebody sees it; an empty cache name means all. */
export function useOverview(cacheName: string): Loaded<Overview> {
  const input = cacheName === "" ? {} : { cacheName };
  const loaded = useLoaded(`overview/${cacheName}`, (signal) =>
    hookcast().getOverview(input, { signal }),
  );
  useWhileVisible(loaded.reload, refreshMs, true);
  return loaded;
}

export interface Totals {
  readonly delivered: number;
  readonly failed: number;
}

/** Null where the deployment counts nothing. */
export function dayTotals(hours: OverviewWebhook["hours"]): Totals | null {
  if (hours === null) return null;
  return hours.reduce<Totals>(
    (sum, [delivered = 0, failed = 0]) => ({
      delivered: sum.delivered + delivered,
      failed: sum.failed + failed,
    }),
    { delivered: 0, failed: 0 },
  );
}

/** The hours of all webhooks that are shown, one sum for each. */
export function summedHours({ webhooks }: Overview): number[][] {
  const sum = (index: number, which: 0 | 1) =>
    webhooks.reduce((total, { hours }) => total + (hours?.[index]?.[which] ?? 0), 0);
  return Array.from({ length: 24 }, (_, index) => [sum(index, 0), sum(index, 1)]);
}
