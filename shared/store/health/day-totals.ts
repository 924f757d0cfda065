import { rowMs } from "./stats-counter.ts";
import type { StatsStore, Totals } from "./stats-store.ts";

/** What was counted of many webhooks within the last 24 hours. */
export interface DayTotals {
  /** By ten minutes, from a time on, for each of the webhooks; undefined where the deployment counts nothing. */
  since(
    webhookIds: readonly string[],
    fromMs: number,
    nowMs: number,
  ): Promise<ReadonlyMap<string, readonly Totals[]> | undefined>;
}

/** So many webhooks are read at a time. */
const atOnce = 50;
/** A function may deliver for a minute, and then writes what it has counted. */
const writtenAfterMs = 120_000;
/** Who looks again and again sees counts that are so old. */
const freshMs = 10_000;
/** A day of a webhook is some kilobytes. */
const maxRemembered = 2_000;

interface Known {
  readonly rows: readonly Totals[];
  readonly fromMs: number;
  readonly readMs: number;
}

/**
 * An environment remembers what cannot change any more, so that a second look reads the last ten or twenty minutes.
 */
export function openDayTotals(stats: Pick<StatsStore, "isOn" | "totals">): DayTotals {
  const known = new Map<string, Known>();

  const read = async (webhookId: string, fromMs: number, nowMs: number): Promise<Known> => {
    const before = known.get(webhookId);
    const isUseful = before && before.fromMs <= fromMs && before.readMs <= nowMs;
    if (isUseful && nowMs - before.readMs < freshMs) return before;
    const doneMs = isUseful ? beginOf(before.readMs - writtenAfterMs) : fromMs;
    const kept = isUseful
      ? before.rows.filter(({ startMs }) => startMs >= fromMs && startMs < doneMs)
      : [];
    const span = { fromMs: Math.max(fromMs, doneMs), untilMs: nowMs + 1 };
    const rows = [...kept, ...(await stats.totals(webhookId, span))];
    return { rows, fromMs, readMs: nowMs };
  };

  return {
    async since(webhookIds, fromMs, nowMs) {
      if (!stats.isOn) return undefined;
      if (known.size > maxRemembered) known.clear();
      const found = new Map<string, readonly Totals[]>();
      for (let start = 0; start < webhookIds.length; start += atOnce) {
        const some = webhookIds.slice(start, start + atOnce);
        await Promise.all(
          some.map(async (webhookId) => {
            const totals = await read(webhookId, fromMs, nowMs);
            known.set(webhookId, totals);
            found.set(webhookId, totals.rows);
          }),
        );
      }
      return found;
    },
  };
}

function beginOf(timeMs: number): number {
  return Math.floor(timeMs / rowMs) * rowMs;
}
