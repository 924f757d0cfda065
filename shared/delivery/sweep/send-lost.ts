import type { DeliveryJob, MessageMetadata } from "../../contract/jobs.ts";
import type { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { isOverdue, timesToLookThrough } from "../../domain/attempts/overdue.ts";
import { type IdWindow, idSpan } from "../../domain/ids.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { RetryQueue } from "../../queue/queues.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";
import type { OverdueStore } from "../../store/deliveries/undelivered.ts";
import type { HealthStore } from "../../store/health/health-store.ts";
import { waitingShards } from "../../store/keys.ts";
import type { MessageStore } from "../../store/messages/message-store.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";

export interface LostDeps {
  readonly overdue: OverdueStore;
  readonly healths: Pick<HealthStore, "withTimersAmong">;
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly messages: Pick<MessageStore, "find">;
  readonly deliveries: Pick<DeliveryStore, "forget">;
  readonly retries: Pick<RetryQueue, "send" | "readyCount">;
  readonly now: () => number;
}

/** The most that one read of heads takes. */
const atOnce = 100;

/** With more than so many in the retry queue, what is late is late because of them. */
const backlog = 100;

/**
 * Sends deliveries again whose job is lost. To send one whose job still comes does no harm, since an attempt
 * is made once. Never throws: it must not cut a sweep short.
 */
export async function sendLost(stopAtMs: number, deps: LostDeps): Promise<void> {
  try {
    const shards = Array.from({ length: waitingShards }, (_, shard) => shard);
    await Promise.all(shards.map((shard) => sendLostOf(shard, stopAtMs, deps)));
  } catch (error) {
    log("warn", "lost.unknown", errorFields(error));
  }
}

async function sendLostOf(shard: number, stopAtMs: number, deps: LostDeps): Promise<void> {
  for (const [sinceMs, untilMs] of timesToLookThrough(deps.now())) {
    let window: IdWindow = idSpan("msg", sinceMs, untilMs);
    while (window !== null && deps.now() < stopAtMs) {
      const { keys, rest } = await deps.overdue.waiting(shard, window);
      for (let start = 0; start < keys.length && deps.now() < stopAtMs; start += atOnce) {
        const heads = await deps.overdue.heads(keys.slice(start, start + atOnce));
        const late = heads.filter((head) => isOverdue(head, deps.now()));
        if (late.length > 0) await sendAgain(late, deps);
      }
      window = rest;
    }
  }
}

async function sendAgain(late: readonly DeliveryRecord[], deps: LostDeps): Promise<void> {
  const byWebhook = Map.groupBy(late, ({ webhookId }) => webhookId);
  const held = await deps.healths.withTimersAmong([...byWebhook.keys()]);
  for (const webhookId of held) byWebhook.delete(webhookId);
  if (byWebhook.size === 0 || (await deps.retries.readyCount()) > backlog) return;
  for (const [webhookId, heads] of byWebhook) {
    const webhook = await deps.webhooks.findById(webhookId);
    for (const head of heads) {
      if (!webhook) await deps.deliveries.forget(webhookId, head.messageId);
      else await sendOne(webhook, head, deps);
    }
  }
}

/** Noted first: another sweep leaves it alone then, and what dies in between is found in an hour. */
async function sendOne(
  webhook: WebhookRecord,
  head: DeliveryRecord,
  { overdue, messages, retries, now }: LostDeps,
): Promise<void> {
  const message = await messages.find(webhook.cacheName, head.messageId);
  if (!(await overdue.makeDue(head, now()))) return;
  const { webhookId, webhookName } = webhook;
  const job: DeliveryJob = {
    v: 1,
    webhookId,
    webhookName,
    generation: head.generation,
    attempt: head.attemptCount + 1,
    notBeforeMs: head.nextAttemptTimeMs ?? now(),
    message: message?.facts ?? factsOf(head, webhook),
  };
  const refused = await retries.send([{ job, delaySeconds: 0 }]);
  if (refused.length === 0) {
    log("warn", "delivery.sent-again", { webhookId, messageId: head.messageId });
  }
}

/** Of a message that is no longer kept: enough to end the delivery by, since there is nothing to post. */
function factsOf(head: DeliveryRecord, { cacheName }: WebhookRecord): MessageMetadata {
  const { messageId, topicName, event, publishedTimeMs } = head;
  const unknown = { productId: null, contentType: "", keyId: "", sequenceNumber: null };
  return { messageId, cacheName, topicName, event, publishedTimeMs, ...unknown };
}
