import { setTimeout as pause } from "node:timers/promises";
import type { DeliverySummary } from "../../shared/contract/delivery.ts";

interface FollowOptions {
  /** Begins with those published since then, in place of what changes from now on. */
  readonly since: string | undefined;
  readonly nowMs: () => number;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly pollMs?: number;
  /** Called once it is known what there is: whatever comes from then on is told. */
  readonly onBegun: () => void;
}

/** How far back a delivery is followed that is tried again: the first three attempts lie within. */
const followedMs = 60 * 60_000;

/** Deliveries as they come and change, oldest first. */
export async function* followDeliveries(
  list: (window: { since: string }) => AsyncIterable<DeliverySummary>,
  { since, nowMs, signal, pollMs = 2_000, onBegun }: FollowOptions,
): AsyncGenerator<DeliverySummary, void, void> {
  let known = new Map<string, string>();
  const lookBack = () => new Date(nowMs() - followedMs).toISOString();
  try {
    for (let isFirst = true; ; isFirst = false) {
      const seen = new Map<string, string>();
      const news: DeliverySummary[] = [];
      for await (const delivery of list({ since: (isFirst && since) || lookBack() })) {
        const state = stateOf(delivery);
        seen.set(delivery.messageId, state);
        if (known.get(delivery.messageId) !== state) news.unshift(delivery);
      }
      if (isFirst) onBegun();
      if (!isFirst || since !== undefined) yield* news;
      known = seen;
      await pause(pollMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function stateOf({ status, attemptCount, lastAttemptTime }: DeliverySummary): string {
  return `${status} ${attemptCount} ${lastAttemptTime}`;
}
