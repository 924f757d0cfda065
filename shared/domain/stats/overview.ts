import type { WebhookHealth, WebhookState } from "../../contract/health.ts";
import { maxShownInOverview, type Overview } from "../../contract/stats.ts";
import type { WebhookRecord } from "../webhooks/webhook-record.ts";

export type Observed = readonly [
  webhook: Pick<WebhookRecord, "webhookId" | "cacheName" | "webhookName">,
  health: WebhookHealth,
];

/** What was counted in some minutes from a time on. */
interface Totals {
  readonly startMs: number;
  readonly delivered: number;
  readonly failed: number;
}

type CountedById = ReadonlyMap<string, readonly Totals[]>;

const hourMs = 3_600_000;
const hours = 24;

/** When the first of the hours begins that an overview is about: the last of them is under way. */
export function firstHourMs(nowMs: number): number {
  return Math.floor(nowMs / hourMs) * hourMs - (hours - 1) * hourMs;
}

interface Looked {
  /** All that are not ok, and as many others as are to be shown besides. */
  readonly observed: readonly Observed[];
  /** How many webhooks there are: those that nobody looked at are ok. */
  readonly total: number;
  /** Whose counts are summed up. */
  readonly summed: readonly Pick<WebhookRecord, "webhookId">[];
}

/** Those that an overview shows one by one, the worst first. */
export function worstOf(observed: readonly Observed[]): Observed[] {
  return observed.toSorted(byUrgency).slice(0, maxShownInOverview);
}

/** Without counts where a deployment has none. */
export function overviewOf(
  { observed, total, summed }: Looked,
  counted: CountedById | undefined,
  nowMs: number,
): Overview {
  return {
    counts: countStates(observed, total),
    last24Hours: counted ? sumOf(summed, counted, firstHourMs(nowMs)) : null,
    webhooks: worstOf(observed).map(([{ cacheName, webhookName, webhookId }, health]) => ({
      ...{ cacheName, webhookName, webhookId, health },
      hours: counted ? byHour(counted.get(webhookId) ?? [], firstHourMs(nowMs)) : null,
    })),
  };
}

function countStates(observed: readonly Observed[], total: number): Overview["counts"] {
  const others = Math.max(0, total - observed.length);
  const counts = { ok: others, failing: 0, limited: 0, held: 0, disabled: 0 };
  for (const [, { state }] of observed) counts[state] += 1;
  return counts;
}

/** What a person should look at first. One that somebody has disabled can wait. */
const urgency: readonly WebhookState[] = ["held", "failing", "limited", "disabled", "ok"];

function byUrgency([one, a]: Observed, [other, b]: Observed): number {
  return (
    urgency.indexOf(a.state) - urgency.indexOf(b.state) ||
    b.waiting - a.waiting ||
    compare(a.since, b.since) ||
    compare(one.cacheName, other.cacheName) ||
    compare(one.webhookName, other.webhookName)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sumOf(summed: Looked["summed"], counted: CountedById, fromMs: number) {
  const sum = { delivered: 0, failed: 0, webhooks: summed.length };
  for (const { webhookId } of summed) {
    for (const totals of counted.get(webhookId) ?? []) {
      if (totals.startMs < fromMs) continue;
      sum.delivered += totals.delivered;
      sum.failed += totals.failed;
    }
  }
  return sum;
}

function byHour(counted: readonly Totals[], fromMs: number): [number, number][] {
  const pairs = Array.from({ length: hours }, (): [number, number] => [0, 0]);
  for (const { startMs, delivered, failed } of counted) {
    const pair = pairs[Math.floor((startMs - fromMs) / hourMs)];
    if (!pair) continue;
    pair[0] += delivered;
    pair[1] += failed;
  }
  return pairs;
}
