import type { ErrorDetail } from "../../contract/errors.ts";
import type { GetWebhookStatsQuery } from "../../contract/operations/stats/get-webhook-stats.ts";
import type { BucketUnit } from "../../contract/stats.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
export const unitMs: Readonly<Record<BucketUnit, number>> = {
  minute: 60_000,
  hour: hourMs,
  day: dayMs,
};
/** How far back buckets reach. Rows hold minutes for as long, but to read so many of them is not worth it. */
const keptMs: Readonly<Record<BucketUnit, number>> = {
  minute: 48 * hourMs,
  hour: 30 * dayMs,
  day: 30 * dayMs,
};
const usualMs = dayMs;
const maxBuckets = 1_440;

/** Which buckets are asked for: from the beginning of one until the end of another. */
export interface StatsWindow {
  readonly unit: BucketUnit;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The buckets that a query asks for, as far as they are kept and not to come. */
export function statsWindow(query: GetWebhookStatsQuery, nowMs: number): StatsWindow {
  const { unit, fromMs, untilMs } = asked(query, nowMs);
  const size = unitMs[unit];
  return {
    unit,
    fromMs: Math.max(fromMs, beginOf(nowMs - keptMs[unit], size)),
    untilMs: Math.min(untilMs, endOf(nowMs, size)),
  };
}

/** What is wrong with the bounds, as far as they are times at all. */
export function statsWindowProblems(query: GetWebhookStatsQuery, nowMs: number): ErrorDetail[] {
  const { sinceMs, untilMs } = bounds(query, nowMs);
  if (sinceMs >= untilMs) {
    if (query.since === undefined) return [{ path: "until", message: "must be after since" }];
    const message =
      query.until === undefined ? "must not be in the future" : "must be before until";
    return [{ path: "since", message }];
  }
  const window = asked(query, nowMs);
  const count = (window.untilMs - window.fromMs) / unitMs[window.unit];
  if (count <= maxBuckets) return [];
  const message = `must leave at most ${maxBuckets} buckets: by ${window.unit} there would be ${count}`;
  return [{ path: query.by === undefined ? "since" : "by", message }];
}

function asked(query: GetWebhookStatsQuery, nowMs: number): StatsWindow {
  const { sinceMs, untilMs } = bounds(query, nowMs);
  const unit = query.by ?? usualUnit(untilMs - sinceMs);
  const size = unitMs[unit];
  return { unit, fromMs: beginOf(sinceMs, size), untilMs: endOf(untilMs, size) };
}

function bounds({ since, until }: GetWebhookStatsQuery, nowMs: number) {
  return {
    sinceMs: since === undefined ? nowMs - usualMs : Date.parse(since),
    untilMs: until === undefined ? nowMs : Date.parse(until),
  };
}

function usualUnit(spanMs: number): BucketUnit {
  if (spanMs <= 2 * hourMs) return "minute";
  return spanMs <= 7 * dayMs ? "hour" : "day";
}

function beginOf(timeMs: number, size: number): number {
  return Math.floor(timeMs / size) * size;
}

function endOf(timeMs: number, size: number): number {
  return Math.ceil(timeMs / size) * size;
}
