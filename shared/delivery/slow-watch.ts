import type { Health } from "../domain/health-record.ts";
import { marked, slowAfterMs } from "../domain/slowness.ts";
import type { WebhookRecord } from "../domain/webhook-record.ts";
import { errorFields, log } from "../runtime/logger.ts";
import type { Timers } from "../runtime/timers.ts";
import { changeHealth, type HealthDeps } from "./change-health.ts";

/** Marks the webhooks of a batch whose receivers keep a POST waiting, while it still waits. */
export interface SlowWatch {
  during<Answer>(
    webhook: WebhookRecord,
    health: Health | undefined,
    post: Promise<Answer>,
  ): Promise<Answer>;
  /** Resolves when every mark is written; never throws, since a lost mark costs time only. */
  flush(): Promise<void>;
}

export interface SlowWatchDeps extends HealthDeps {
  readonly timers: Timers;
}

export function openSlowWatch(deps: SlowWatchDeps): SlowWatch {
  const marks = new Map<string, Promise<void>>();

  return {
    async during(webhook, health, post) {
      const cancelMark = deps.timers.after(slowAfterMs, () => {
        const { webhookId } = webhook;
        if (!marks.has(webhookId)) marks.set(webhookId, markQuietly(webhook, health, deps));
      });
      try {
        return await post;
      } finally {
        cancelMark();
      }
    },
    flush: () => Promise.all(marks.values()).then(() => undefined),
  };
}

async function markQuietly(
  webhook: WebhookRecord,
  health: Health | undefined,
  deps: HealthDeps,
): Promise<void> {
  const { webhookId } = webhook;
  try {
    if (await mark(webhook, health, deps)) return;
    // Somebody else has written: often the same mark, and then there is nothing left to write.
    await mark(webhook, await deps.healths.find(webhookId), deps);
  } catch (error) {
    log("warn", "health.unrecorded", { webhookId, ...errorFields(error) });
  }
}

function mark(
  webhook: WebhookRecord,
  before: Health | undefined,
  deps: HealthDeps,
): Promise<boolean> {
  return changeHealth(webhook, before, marked(before, deps.now()), deps);
}
