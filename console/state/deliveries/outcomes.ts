import type { DeliverySummary } from "../../../shared/contract/delivery.ts";

/** As they are stacked in a chart, from the ground up. */
export const outcomeKinds = ["delivered", "waiting", "failed"] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/** How the deliveries stand whose messages were published in one stretch of time. */
export interface Outcomes extends Record<OutcomeKind, number> {
  readonly startTimeMs: number;
}

export interface OutcomesOverTime {
  /** From the oldest to the newest. */
  readonly spanMs: number;
  readonly stepMs: number;
  readonly stretches: readonly Outcomes[];
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const stepsMs = [
  ...[secondMs, 5 * secondMs, 15 * secondMs, minuteMs, 5 * minuteMs, 15 * minuteMs],
  ...[hourMs, 3 * hourMs, 6 * hourMs, 12 * hourMs, dayMs, 7 * dayMs],
];
const maxStretches = 40;
/** With fewer, a single delivery would fill the chart. */
const minStretches = 12;

/** Counts deliveries, of which there is one at least, in equal stretches up to the newest, empty ones included. */
export function outcomesOverTime(deliveries: readonly DeliverySummary[]): OutcomesOverTime {
  const timesMs = deliveries.map(publishedTimeMs);
  const lastMs = Math.max(...timesMs);
  const spanMs = lastMs - Math.min(...timesMs);
  const stepMs = stepsMs.find((step) => spanMs / step < maxStretches - 1) ?? 30 * dayMs;
  const count = Math.max(minStretches, Math.ceil(spanMs / stepMs) + 1);
  const startMs = (Math.floor(lastMs / stepMs) - count + 1) * stepMs;
  const stretches = Array.from({ length: count }, (_, index) => ({
    ...{ startTimeMs: startMs + index * stepMs, delivered: 0, waiting: 0, failed: 0 },
  }));
  for (const delivery of deliveries) {
    const stretch = stretches[Math.floor((publishedTimeMs(delivery) - startMs) / stepMs)];
    if (stretch) stretch[outcomeOf(delivery)] += 1;
  }
  return { spanMs, stepMs, stretches };
}

export function totalOf({ delivered, waiting, failed }: Outcomes): number {
  return delivered + waiting + failed;
}

function outcomeOf({ status }: DeliverySummary): OutcomeKind {
  return status === "delivered" || status === "failed" ? status : "waiting";
}

function publishedTimeMs({ publishedTime }: DeliverySummary): number {
  return Date.parse(publishedTime);
}
