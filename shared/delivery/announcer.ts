import type { DeliveryJob } from "../contract/jobs.ts";
import {
  type EventKind,
  eventCodes,
  eventDraft,
  type OperationalEvent,
  operationalTopic,
  type SuppressedWindow,
  windowStartMs,
} from "../domain/messages/operational-event.ts";
import type { WebhookRecord } from "../domain/webhooks/webhook-record.ts";
import { errorFields, log, measure } from "../runtime/logger.ts";
import type { EventBudget, SuppressedEvents } from "../store/messages/operational-events.ts";
import { type AcceptDeps, publishMessages } from "./publish/publish-messages.ts";
import { hasListener } from "./publish/store-and-enqueue.ts";

/** Tells operational events on the topic `$hookcast` of the same cache; never throws. */
export interface Announcer {
  failed(job: DeliveryJob, error: string): Promise<void>;
  disabled(webhook: WebhookRecord, statusReason: string): Promise<void>;
  recovered(webhook: WebhookRecord): Promise<void>;
  limited(
    webhook: WebhookRecord,
    backlog: { readonly nextFreeTime: string; readonly waiting: number },
  ): Promise<void>;
  /** Writes what is only counted. */
  flush(): Promise<void>;
}

export interface AnnouncerDeps extends Omit<AcceptDeps, "hopQuota"> {
  readonly budget: EventBudget;
  readonly suppressed: Pick<SuppressedEvents, "add">;
}

/** Events have a budget of their own: that they tell of a forwarded message takes none of its cache's. */
const hopQuota = { take: async () => {} };

/**
 * Events go through the same engine as any message, to whoever subscribes. Deliveries of that topic raise
 * no further events, or one dead subscriber would keep us busy with itself. Beyond the minute's budget events
 * are counted in memory, and a batch's counts cost one write; the sweeper tells them as one.
 */
export function openAnnouncer(deps: AnnouncerDeps): Announcer {
  const gathered = gatherSuppressed(deps.suppressed);

  const announce = async (event: OperationalEvent) => {
    const startMs = windowStartMs(deps.now());
    try {
      if (!deps.budget.isSpent(event.cacheName, startMs)) {
        if (!(await hasListener(event.cacheName, deps))) return;
        if (await isTold(event, startMs, deps)) return measure("Events", 1);
      }
    } catch (error) {
      log("warn", "announcement.failed", { event: eventCodes[event.kind], ...errorFields(error) });
    }
    measure("EventsSuppressed", 1);
    gathered.add(event, startMs);
  };

  return {
    async failed({ webhookId, webhookName, attempt, message }, error) {
      const { cacheName, topicName, messageId } = message;
      if (topicName === operationalTopic) return;
      const value = { webhookId, webhookName, messageId, topicName, attempt, error };
      // Whoever forwards the event of a forwarded message goes on counting where that was.
      await announce({ kind: "failed", cacheName, messageId, hops: message.hops, value });
    },
    disabled: (webhook, statusReason) => announce(about(webhook, "disabled", { statusReason })),
    recovered: (webhook) => announce(about(webhook, "recovered", {})),
    limited: (webhook, backlog) => announce(about(webhook, "limited", backlog)),
    flush: gathered.flush,
  };
}

function about(
  { cacheName, webhookId, webhookName }: WebhookRecord,
  kind: EventKind,
  facts: object,
): OperationalEvent {
  return { kind, cacheName, value: { webhookId, webhookName, ...facts } };
}

async function isTold(
  event: OperationalEvent,
  startMs: number,
  deps: AnnouncerDeps,
): Promise<boolean> {
  if (!(await deps.budget.take(event.cacheName, startMs))) return false;
  const [result] = await publishMessages([eventDraft(event)], { ...deps, hopQuota });
  return typeof result === "string";
}

/** Counts events in memory until they are written: however many a batch has, they cost one write a cache. */
export interface SuppressedGatherer {
  add(event: OperationalEvent, startMs: number): void;
  /** Never throws. */
  flush(): Promise<void>;
}

interface Gathered {
  readonly cacheName: string;
  readonly startMs: number;
  readonly counts: Record<EventKind, number>;
  firstMessageId?: string | undefined;
  lastMessageId?: string | undefined;
}

function gatherSuppressed(suppressed: Pick<SuppressedEvents, "add">): SuppressedGatherer {
  let windows = new Map<string, Gathered>();

  return {
    add({ kind, cacheName, messageId }, startMs) {
      const name = `${startMs}/${cacheName}`;
      const counts = { failed: 0, disabled: 0, recovered: 0, limited: 0 };
      const window: Gathered = windows.get(name) ?? { cacheName, startMs, counts };
      window.counts[kind] += 1;
      window.firstMessageId ??= messageId;
      window.lastMessageId = messageId ?? window.lastMessageId;
      windows.set(name, window);
    },
    async flush() {
      const gathered = [...windows.values()];
      windows = new Map();
      await Promise.all(gathered.map((window) => write(window, suppressed)));
    },
  };
}

async function write(
  window: SuppressedWindow,
  suppressed: Pick<SuppressedEvents, "add">,
): Promise<void> {
  try {
    await suppressed.add(window);
  } catch (error) {
    log("warn", "suppressed-events.uncounted", { ...window.counts, ...errorFields(error) });
  }
}
