import type { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { isOverdue } from "../../domain/attempts/overdue.ts";
import type { IdSpan, IdWindow } from "../../domain/ids/ids.ts";
import type { PlannedDelivery, RecoveryRecord } from "../../domain/recovery/recovery-record.ts";
import { matchesSubscription, type WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { DeliveryHeads } from "../../store/deliveries/delivery-heads.ts";
import type { HealthStore } from "../../store/health/health-store.ts";
import type { MessageLog } from "../../store/messages/message-log.ts";

export interface FindDeps {
  readonly heads: DeliveryHeads;
  readonly log: MessageLog;
  readonly healths: Pick<HealthStore, "withTimersAmong">;
  readonly retentionDays: number;
  readonly now: () => number;
}

interface Found {
  readonly plan: PlannedDelivery[];
  /** What is left of the window. */
  readonly rest: IdWindow;
}

type Find = (
  webhook: WebhookRecord,
  window: IdSpan,
  howMany: number,
  deps: FindDeps,
) => Promise<Found>;

/** The next deliveries of a window that a recovery is for, oldest first: about so many. */
export const findRecoverable: Record<RecoveryRecord["mode"], Find> = {
  failed: findFailed,
  missing: findMissing,
};

/** Each goes out as the generation behind the one that failed, whoever else sends it again meanwhile. */
async function findFailed(
  { webhookId }: WebhookRecord,
  window: IdSpan,
  howMany: number,
  { heads }: FindDeps,
): Promise<Found> {
  const { messageIds, rest } = await heads.failed(webhookId, window, howMany);
  const standing = await heads.findMany(webhookId, messageIds);
  const plan = messageIds.flatMap((messageId) => {
    const head = standing.get(messageId);
    return head?.status === "failed" ? [nextGeneration(head)] : [];
  });
  return { plan, rest };
}

function nextGeneration({ messageId, generation }: DeliveryRecord): PlannedDelivery {
  return { messageId, generation: generation + 1 };
}

/** Pages of messages that one step looks through: a week of empty hours is seven steps. */
const maxPages = 24;

async function findMissing(
  webhook: WebhookRecord,
  window: IdSpan,
  howMany: number,
  { log, heads, healths, retentionDays, now }: FindDeps,
): Promise<Found> {
  // Long values are stored without retention, too, but only for as long as they are delivered.
  if (retentionDays === 0) return { plan: [], rest: null };
  const plan: PlannedDelivery[] = [];
  let rest: IdWindow = window;
  for (let n = 0; n < maxPages && rest !== null && plan.length < howMany; n += 1) {
    const page = await log.oldest(webhook.cacheName, rest);
    const wanted = page.messages
      .filter(
        (message) =>
          message.topicName === webhook.topicName && matchesSubscription(webhook, message),
      )
      .map(({ messageId }) => messageId);
    const standing = await heads.findMany(webhook.webhookId, wanted);
    const missing = wanted.filter((messageId) => !standing.has(messageId));
    plan.push(...missing.map((messageId) => ({ messageId, generation: 1 })));
    const late = [...standing.values()].filter((head) => isOverdue(head, now()));
    if (late.length > 0 && (await healths.withTimersAmong([webhook.webhookId])).size === 0) {
      plan.push(...late.map(nextGeneration));
    }
    rest = page.rest;
  }
  return { plan, rest };
}
