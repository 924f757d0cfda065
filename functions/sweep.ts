import type { Context } from "aws-lambda";
import { aws, type Platform } from "../shared/delivery/platform.ts";
import { openDispatchDeps } from "../shared/delivery/publish/publish-deps.ts";
import { type LostDeps, sendLost } from "../shared/delivery/sweep/send-lost.ts";
import { type SummaryDeps, sendSummaries } from "../shared/delivery/sweep/send-summaries.ts";
import {
  type CleanDeps,
  cleanUnwell,
  type LostTimerDeps,
  measureOldest,
  type OldestDeps,
  replaceLostTimers,
  type SweepDeps,
  sweepShard,
} from "../shared/delivery/sweep/sweep.ts";
import {
  type CertificateDeps,
  tellOfCertificates,
} from "../shared/delivery/sweep/tell-of-certificates.ts";
import { openRetryQueue } from "../shared/queue/queues.ts";
import { writeMetrics } from "../shared/runtime/logger.ts";
import { openDeliveryStore } from "../shared/store/deliveries/delivery-store.ts";
import { openOverdueStore, openUndelivered } from "../shared/store/deliveries/undelivered.ts";
import { openHealthStore } from "../shared/store/health/health-store.ts";
import { openMessageStore } from "../shared/store/messages/message-store.ts";
import { openSuppressedEvents } from "../shared/store/messages/operational-events.ts";
import { dueShards, openDueStore } from "../shared/store/waiting/waiting-jobs.ts";
import { openCertificateNotices } from "../shared/store/webhooks/certificate-notices.ts";
import { openUnwellCleaner } from "../shared/store/webhooks/unwell-cleaner.ts";
import { openWebhookStore } from "../shared/store/webhooks/webhook-store.ts";

type Deps = SweepDeps &
  LostTimerDeps &
  OldestDeps &
  SummaryDeps &
  LostDeps &
  CleanDeps &
  CertificateDeps;

/** After a sweeper that was down for so long, what is late was in its rows until now. */
const latestMs = 600_000;

/** Kept back for the calls that are under way when time runs out. */
const reserveMs = 5_000;

/** Sends every delivery whose time has come to the retry queue, and what is to be told of events. Runs every minute. */
export async function sweep(stopAtMs: number, deps: Deps): Promise<void> {
  const shards = Array.from({ length: dueShards }, (_, shard) => sweepShard(shard, stopAtMs, deps));
  const summaries = sendSummaries(stopAtMs, deps);
  // Together: one that failed while nobody waited for it would end the process, and the others with it.
  const all = [replaceLostTimers(deps), measureOldest(deps), summaries] as const;
  const [swept] = await Promise.all([Promise.all(shards), ...all]);
  if (swept.every(({ lateMs }) => lateMs < latestMs)) await sendLost(stopAtMs, deps);
  await cleanUnwell(stopAtMs, deps);
  await tellOfCertificates(stopAtMs, deps);
}

export function openSweepDeps(platform: Platform = aws): Deps {
  const { database, sender, now } = platform;
  return {
    due: openDueStore(database),
    healths: openHealthStore(database, now),
    overdue: openOverdueStore(database),
    webhooks: openWebhookStore(database),
    messages: openMessageStore(database),
    deliveries: openDeliveryStore(database),
    retries: openRetryQueue(sender),
    undelivered: openUndelivered(database),
    unwell: openUnwellCleaner(database),
    suppressed: openSuppressedEvents(database),
    notices: openCertificateNotices(database),
    publishing: openDispatchDeps(platform),
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
