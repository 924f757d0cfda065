import { messageOf } from "../../domain/messages/message-draft.ts";
import {
  type SuppressedWindow,
  summaryDraft,
  summaryId,
  windowMs,
} from "../../domain/messages/operational-event.ts";
import { errorFields, log, measure } from "../../runtime/logger.ts";
import {
  type SuppressedEvents,
  suppressedShards,
} from "../../store/messages/operational-events.ts";
import { type DispatchDeps, hasListener, storeAndEnqueue } from "../publish/store-and-enqueue.ts";

export interface SummaryDeps {
  readonly suppressed: Pick<SuppressedEvents, "begunBy" | "remove">;
  readonly publishing: DispatchDeps;
  readonly now: () => number;
}

/** A batch counts what it has gathered when it ends, which is as late as its function may run. */
const latestCountMs = 60_000;

/**
 * Tells what was suppressed in minutes that are over, one event for each cache and minute. Sends, then deletes: a
 * sweep that dies in between sends again under the same messageId. Never throws: it must not cut a sweep short.
 */
export async function sendSummaries(stopAtMs: number, deps: SummaryDeps): Promise<void> {
  const shards = Array.from({ length: suppressedShards }, (_, shard) => shard);
  await Promise.all(
    shards.map((shard) =>
      sendShard(shard, stopAtMs, deps).catch((error: unknown) => {
        log("warn", "summary.unsent", errorFields(error));
      }),
    ),
  );
}

async function sendShard(shard: number, stopAtMs: number, deps: SummaryDeps): Promise<void> {
  const { suppressed, now } = deps;
  let isDone = false;
  while (!isDone && now() < stopAtMs) {
    const windows = await suppressed.begunBy(shard, now() - windowMs - latestCountMs);
    isDone = windows.length === 0;
    for (const window of windows) {
      if (now() >= stopAtMs) return;
      // One that cannot be sent is left to the next sweep, and must not hold up the others.
      await sendSummary(window, deps).catch((error: unknown) => {
        isDone = true;
        log("warn", "summary.unsent", errorFields(error));
      });
    }
  }
}

async function sendSummary(
  window: SuppressedWindow,
  { suppressed, publishing }: SummaryDeps,
): Promise<void> {
  if (await hasListener(window.cacheName, publishing)) {
    const message = messageOf(summaryDraft(window), summaryId(window));
    const { refused } = await storeAndEnqueue([message], publishing);
    if (refused.size > 0) throw new Error("the queues did not take it in full");
    measure("Accepted", 1);
  }
  await suppressed.remove(window);
}
