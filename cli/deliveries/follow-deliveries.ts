import { setTimeout as pause } from "node:timers/promises";
import type { DeliverySummary } from "../../shared/contract/delivery.ts";

type Undelivered = Exclude<DeliverySummary["status"], "delivered">;

/** A webhook's deliveries as the service lists them, newest published first. */
export interface DeliveryLog {
  since(time: string): AsyncIterable<DeliverySummary>;
  /** The newest of this status, whenever they were published, at most `maxListed`. */
  withStatus(status: Undelivered): Promise<readonly DeliverySummary[]>;
  get(messageId: string): Promise<DeliverySummary>;
}

interface FollowOptions {
  /** Begins with what was published or attempted since then, in place of what changes from now on. */
  readonly since: string | undefined;
  readonly nowMs: () => number;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly pollMs?: number;
  /** Called once it is known what there is: whatever comes from then on is told. */
  readonly onBegun: () => void;
}

export interface Change {
  readonly delivery: DeliverySummary;
  /** Attempts before that time are old news. */
  readonly newsSinceMs: number;
}

export const maxListed = 1_000;
/** How far back every delivery is listed; an older one is found by its status. */
const followedMs = 60 * 60_000;
/** By status is looked at each fifth time: it is three calls, and retries of old deliveries are far apart. */
const looksPerStatus = 5;
/** What was under way when following began is recorded when it ends. */
const maxAttemptMs = 60_000;
const undelivered = ["pending", "retrying", "failed"] as const;

type Known = ReadonlyMap<string, DeliverySummary>;

/** Deliveries as they come and change, in the order of their changes. */
export async function* followDeliveries(
  log: DeliveryLog,
  { since, nowMs, signal, pollMs = 2_000, onBegun }: FollowOptions,
): AsyncGenerator<Change, void, void> {
  const floorMs = since === undefined ? nowMs() - maxAttemptMs : Date.parse(since);
  let known: Known = new Map();
  try {
    for (let looks = 0; ; looks += 1) {
      const isFirst = looks === 0;
      const lookBack = new Date(nowMs() - followedMs).toISOString();
      const seen = new Map<string, DeliverySummary>();
      for await (const delivery of log.since((isFirst && since) || lookBack)) {
        seen.set(delivery.messageId, delivery);
      }
      await addOlder(log, seen, known, looks % looksPerStatus === 0);
      if (isFirst) onBegun();
      if (!isFirst || since !== undefined) yield* changesOf(seen, known, floorMs);
      known = seen;
      await pause(pollMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Adds what was published earlier and is not delivered, and once more what was not and is no longer listed. */
async function addOlder(
  log: DeliveryLog,
  seen: Map<string, DeliverySummary>,
  known: Known,
  isToAsk: boolean,
): Promise<void> {
  const older = [...known.values()].filter(
    ({ messageId, status }) => status !== "delivered" && !seen.has(messageId),
  );
  if (!isToAsk) {
    for (const delivery of older) seen.set(delivery.messageId, delivery);
    return;
  }
  const lists = new Map<DeliverySummary["status"], readonly DeliverySummary[]>(
    await Promise.all(
      undelivered.map(async (status) => [status, await log.withStatus(status)] as const),
    ),
  );
  for (const one of [...lists.values()].flat()) {
    if (!seen.has(one.messageId)) seen.set(one.messageId, one);
  }
  for (const { messageId, status, publishedTime } of older) {
    const list = lists.get(status) ?? [];
    // Below the end of a full list it may stand as it did.
    const end = list.length < maxListed ? "" : (list.at(-1)?.publishedTime ?? "");
    if (!seen.has(messageId) && publishedTime > end) seen.set(messageId, await log.get(messageId));
  }
}

function changesOf(seen: Known, known: Known, floorMs: number): Change[] {
  const changes: Change[] = [];
  for (const delivery of [...seen.values()].reverse()) {
    const before = known.get(delivery.messageId);
    if (before && stateOf(before) === stateOf(delivery)) continue;
    // An old failure may come into view when a newer one is delivered.
    if (!before && changedMs(delivery) < floorMs) continue;
    const lastMs = before?.lastAttemptTime ? Date.parse(before.lastAttemptTime) + 1 : floorMs;
    changes.push({ delivery, newsSinceMs: Math.max(lastMs, floorMs) });
  }
  return changes.sort((one, other) => changedMs(one.delivery) - changedMs(other.delivery));
}

function changedMs({ lastAttemptTime, publishedTime }: DeliverySummary): number {
  return Date.parse(lastAttemptTime ?? publishedTime);
}

function stateOf({ status, attemptCount, lastAttemptTime }: DeliverySummary): string {
  return `${status} ${attemptCount} ${lastAttemptTime}`;
}
