import type { Context } from "aws-lambda";
import { measureOldest, type OldestDeps } from "../../shared/delivery/measure-oldest.ts";
import { aws, type Platform } from "../../shared/delivery/platform.ts";
import { type LostTickDeps, replaceLostTicks } from "../../shared/delivery/replace-lost-ticks.ts";
import { type SweepDeps, sweepShard } from "../../shared/delivery/sweep-shard.ts";
import { openRetryQueue } from "../../shared/queue/delivery-queue.ts";
import { writeMetrics } from "../../shared/runtime/metrics.ts";
import { dueShards, openDueStore } from "../../shared/store/due-store.ts";
import { openHealthStore } from "../../shared/store/health-store.ts";
import { openUndelivered } from "../../shared/store/undelivered.ts";

type Deps = SweepDeps & LostTickDeps & OldestDeps;

/** Kept back for the calls that are under way when time runs out. */
const reserveMs = 5_000;

/** Sends every delivery whose time has come to the retry queue. Runs every minute. */
export async function sweep(stopAtMs: number, deps: Deps): Promise<void> {
  const shards = Array.from({ length: dueShards }, (_, shard) => sweepShard(shard, stopAtMs, deps));
  await Promise.all([...shards, replaceLostTicks(deps), measureOldest(deps)]);
}

export function openSweepDeps({ database, sender, now }: Platform = aws): Deps {
  return {
    due: openDueStore(database),
    healths: openHealthStore(database, now),
    retries: openRetryQueue(sender),
    undelivered: openUndelivered(database),
    now,
  };
}

let deps: Deps | undefined;

export async function handler(_event: unknown, context: Context): Promise<void> {
  deps ??= openSweepDeps();
  try {
    await sweep(Date.now() + context.getRemainingTimeInMillis() - reserveMs, deps);
  } finally {
    writeMetrics();
  }
}
