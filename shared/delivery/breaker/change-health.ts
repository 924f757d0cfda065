import { tickToSend } from "../../domain/breaker/breaker-clock.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import type { RetryQueue } from "../../queue/delivery-queue.ts";
import type { HealthStore } from "../../store/health/health-store.ts";
import type { WebhookRef } from "../../store/health/health-writes.ts";

export interface HealthDeps {
  readonly healths: Pick<HealthStore, "find" | "change">;
  readonly retries: Pick<RetryQueue, "sendTick">;
  readonly now: () => number;
}

/**
 * Writes how a webhook fares now, then sends the tick that this calls for. Returns whether the row still
 * was what the change was made of; a tick that could not be sent is sent by the sweeper.
 */
export async function changeHealth(
  who: WebhookRef,
  before: Health | undefined,
  after: Health | undefined,
  { healths, retries, now }: HealthDeps,
): Promise<boolean> {
  if (after === before) return true;
  if (!(await healths.change(who, before, after))) return false;
  const next = tickToSend(before?.breaker, after?.breaker, now());
  if (next) await sendTick(who, next.tick, next.delaySeconds, retries);
  return true;
}

export function sendTick(
  { webhookId, cacheName, webhookName }: WebhookRef,
  tick: number,
  delaySeconds: number,
  retries: Pick<RetryQueue, "sendTick">,
): Promise<void> {
  return retries.sendTick({ v: 1, webhookId, cacheName, webhookName, tick }, delaySeconds);
}
