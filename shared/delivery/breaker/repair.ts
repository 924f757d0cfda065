import { type Health, isTroubled } from "../../domain/breaker/health-record.ts";
import { repairBreaker } from "../../domain/breaker/repair.ts";
import { idSpan } from "../../domain/ids.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { openRetryQueue } from "../../queue/queues.ts";
import { type DeliveryHeads, openDeliveryHeads } from "../../store/deliveries/delivery-context.ts";
import { openHealthStore } from "../../store/health/health-store.ts";
import { conflict, type RetryDeps, retryOnConflict } from "../../store/table/table.ts";
import { changeHealth, type HealthDeps } from "./change-health.ts";

export interface RepairDeps extends HealthDeps, Partial<RetryDeps> {
  readonly heads: Pick<DeliveryHeads, "retrying">;
}

export function openRepairDeps() {
  return {
    healths: openHealthStore(),
    retries: openRetryQueue(),
    heads: openDeliveryHeads(),
    now: Date.now,
  };
}

/** What is known besides of a webhook's health when it is repaired. */
type Prepare = (health: Health | undefined, nowMs: number) => Health | undefined;

/**
 * Has all that waits for a webhook go out now, through its breaker's own drain: at its rate, one run a webhook, and on
 * timers that outlive whoever asked for it. One that is well and has nothing waiting costs two reads and no write.
 *
 * It follows the change that is the reason for it, and whoever dies in between has not answered: the caller repeats
 * the call, and a call that changes nothing repairs all the same.
 */
export async function repairWebhook(
  webhook: WebhookRecord,
  deps: RepairDeps,
  prepare: Prepare = (health) => health,
): Promise<void> {
  if (webhook.status === "inactive") return;
  const { webhookId } = webhook;
  await retryOnConflict(async () => {
    const before = await deps.healths.find(webhookId);
    const isNeeded = isTroubled(before) || (await hasWaiting(webhookId, deps));
    const prepared = prepare(before, deps.now());
    const after = isNeeded ? repairBreaker(prepared, deps.now()) : prepared;
    return (await changeHealth(webhook, before, after, deps)) ? undefined : conflict;
  }, deps);
}

async function hasWaiting(webhookId: string, { heads, now }: RepairDeps): Promise<boolean> {
  const page = await heads.retrying(webhookId, idSpan("msg", 0, now()), 1);
  return page.messageIds.length > 0;
}
