import type { Attempted } from "../../domain/attempts/delivery-record.ts";
import { type Counts, countAttempt, noCounts } from "../../domain/stats/counts.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import {
  type LatestAttempts,
  minuteMs,
  type StatsCounter,
} from "../../store/health/stats-counter.ts";

/** Counts what one batch does, so that it is written once a webhook. */
export interface StatsRecorder {
  attempted(webhookId: string, attempted: Attempted): void;
  /** A delivery has ended as failed. */
  failed(webhookId: string): void;
  /** One call for each webhook; never throws, since a count that is lost must not have a message posted again. */
  write(): Promise<void>;
}

export interface StatsDeps {
  readonly stats: StatsCounter;
  readonly now: () => number;
}

interface Counted {
  readonly minutes: Map<number, Counts>;
  latest: LatestAttempts | undefined;
}

export function openStatsRecorder({ stats, now }: StatsDeps): StatsRecorder {
  const counted = new Map<string, Counted>();

  const of = (webhookId: string): Counted => {
    const known = counted.get(webhookId) ?? { minutes: new Map(), latest: undefined };
    counted.set(webhookId, known);
    return known;
  };
  const countsAt = ({ minutes }: Counted, timeMs: number): Counts => {
    const startMs = timeMs - (timeMs % minuteMs);
    const counts = minutes.get(startMs) ?? noCounts();
    minutes.set(startMs, counts);
    return counts;
  };

  return {
    attempted(webhookId, { record }) {
      const webhook = of(webhookId);
      countAttempt(countsAt(webhook, record.timeMs), record.statusCode, record.latencyMs);
      webhook.latest = later(webhook.latest, record);
    },
    failed(webhookId) {
      countsAt(of(webhookId), now()).counters.failed += 1;
    },
    async write() {
      await Promise.all([...counted].map((each) => writeQuietly(each, stats)));
    },
  };
}

function later(
  known: LatestAttempts | undefined,
  { timeMs, statusCode, error }: Attempted["record"],
): LatestAttempts {
  const lastSuccessMs = Math.max(known?.lastSuccessMs ?? 0, error === null ? timeMs : 0);
  const success = lastSuccessMs > 0 && { lastSuccessMs };
  if (known && known.lastAttemptMs > timeMs) return { ...known, ...success };
  return { lastAttemptMs: timeMs, lastStatusCode: statusCode, lastError: error, ...success };
}

async function writeQuietly(
  [webhookId, { minutes, latest }]: [string, Counted],
  stats: StatsCounter,
): Promise<void> {
  try {
    const counted = [...minutes].map(([startMs, counts]) => ({ startMs, counts }));
    await stats.add(webhookId, { minutes: counted, latest });
  } catch (error) {
    log("warn", "stats.unrecorded", { webhookId, ...errorFields(error) });
  }
}
