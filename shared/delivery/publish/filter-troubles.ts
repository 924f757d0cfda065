import type { MessageMetadata } from "../../contract/jobs.ts";
import { isOurTopic } from "../../contract/values/names.ts";
import { messageOf } from "../../domain/messages/message-draft.ts";
import {
  type FilterTrouble,
  filterDraft,
  filterWindowMs,
} from "../../domain/messages/operational-event.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import { type DispatchDeps, hasListener, storeAndEnqueue } from "./store-and-enqueue.ts";

export interface TellDeps extends DispatchDeps {
  readonly now: () => number;
}

/** What this environment has told already, and in which hour. */
const told = new Map<string, number>();
const maxTold = 10_000;

/**
 * Tells whoever subscribes to `$hookcast` that webhooks receive nothing because of their filters: once an hour and
 * webhook, however many messages and environments notice it. Never throws: the message itself is on its way.
 */
export async function tellFilterTroubles(
  { cacheName, topicName }: Pick<MessageMetadata, "cacheName" | "topicName">,
  troubles: readonly FilterTrouble[],
  deps: TellDeps,
): Promise<void> {
  const nowMs = deps.now();
  const hour = Math.floor(nowMs / filterWindowMs);
  for (const trouble of troubles) {
    const { webhookId, reason } = trouble;
    if (told.get(webhookId) === hour) continue;
    log("warn", "filter.failed", { webhookId, reason });
    try {
      // An event about a filter of events would meet the same filter.
      if (!isOurTopic(topicName) && (await hasListener(cacheName, deps))) {
        const { givenId, ...draft } = filterDraft(cacheName, trouble, nowMs);
        await storeAndEnqueue([messageOf(draft, givenId)], deps);
      }
      if (told.size >= maxTold) told.clear();
      told.set(webhookId, hour);
    } catch (error) {
      log("warn", "announcement.failed", { webhookId, ...errorFields(error) });
    }
  }
}
