import type { StatsBucket } from "../../../shared/contract/stats.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import { useWhileVisible } from "../while-visible.ts";

/** The ranges of the charts, in the order of their length. */
export const ranges = {
  "1h": { words: "1 h", ms: 3_600_000, by: "minute" },
  "24h": { words: "24 h", ms: 86_400_000, by: "hour" },
  "7d": { words: "7 d", ms: 7 * 86_400_000, by: "hour" },
  "30d": { words: "30 d", ms: 30 * 86_400_000, by: "day" },
} as const;
export type Range = keyof typeof ranges;

const refreshMs = 15_000;

/** A webhook's counts over a range that ends now; null where the deployment counts nothing. */
export function useStats(webhookId: string, range: Range): Loaded<StatsBucket[] | null> {
  const { ms, by } = ranges[range];
  const loaded = useLoaded(`stats/${webhookId}/${range}`, async (signal) => {
    const since = new Date(Date.now() - ms).toISOString();
    return (await hookcast().getWebhookStats({ webhookId, since, by }, { signal })).buckets;
  });
  useWhileVisible(loaded.reload, refreshMs, true);
  return loaded;
}

/** What a chart stacks, from the ground up. */
export const answerKinds = ["2xx", "3xx", "4xx", "5xx", "none"] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** In words, for legends and tables. */
export const answerWords: Readonly<Record<AnswerKind, string>> = {
  "2xx": "delivered",
  "3xx": "3xx",
  "4xx": "4xx",
  "5xx": "5xx",
  none: "no answer",
};

export function sumOf(buckets: readonly StatsBucket[], kind: AnswerKind): number {
  return buckets.reduce((sum, { byStatus }) => sum + byStatus[kind], 0);
}
