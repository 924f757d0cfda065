import type { Health } from "../domain/health-record.ts";
import { marked, slowAfterMs } from "../domain/slowness.ts";
import type { WebhookRecord } from "../domain/webhook-record.ts";
import { errorFields, log } from "../runtime/logger.ts";
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

export function openSlowWatch(deps: HealthDeps): SlowWatch {
  const marks = new Map<string, Promise<void>>();

  return {
    async during(webhook, health, post) {
      const timer = setTimeout(() => {
        const { webhookId } = webhook;
        if (!marks.has(webhookId)) marks.set(webhookId, markQuietly(webhook, health, deps));
      }, slowAfterMs);
      try {
        return await post;
      } finally {
        clearTimeout(timer);
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
