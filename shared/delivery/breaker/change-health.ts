import { tickToSend } from "../../domain/breaker/breaker.ts";
import { holdForSuspension, resumeBreaker } from "../../domain/breaker/breaker-timer.ts";
import type { Health, HealthRecord } from "../../domain/breaker/health-record.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { RetryQueue } from "../../queue/queues.ts";
import type { HealthStore, WebhookRef } from "../../store/health/health-store.ts";
import { conflict, retryOnConflict } from "../../store/table/table.ts";

export interface HealthDeps {
  readonly healths: Pick<HealthStore, "find" | "change">;
  readonly retries: Pick<RetryQueue, "sendBreakerTimer">;
  readonly now: () => number;
}

/**
 * Writes a webhook's health, then sends the timer that this calls for. Returns whether the row still
 * was what the change was made of; a timer that could not be sent is sent by the sweeper.
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
  if (next) await sendBreakerTimer(who, next.tick, next.delaySeconds, retries);
  return true;
}

export function sendBreakerTimer(
  { webhookId, cacheName, webhookName }: WebhookRef,
  tick: number,
  delaySeconds: number,
  retries: Pick<RetryQueue, "sendBreakerTimer">,
): Promise<void> {
  return retries.sendBreakerTimer({ v: 1, webhookId, cacheName, webhookName, tick }, delaySeconds);
}

/** Makes sure that somebody comes back for what a suspended cache's webhooks have waiting. */
export interface Holds {
  /** Resolves once the webhook's breaker ticks; throws unless that is stored. */
  ensure(webhook: WebhookRecord, health: Health | undefined): Promise<void>;
}

/** For one batch: a webhook is held once, however many of its deliveries are in it. */
export function openHolds(deps: HealthDeps, held = holdForSuspension): Holds {
  const holds = new Map<string, Promise<void>>();
  return {
    ensure(webhook, health) {
      const { webhookId } = webhook;
      const holding = holds.get(webhookId) ?? hold(webhook, health, held, deps);
      holds.set(webhookId, holding);
      return holding;
    },
  };
}

function hold(
  webhook: WebhookRecord,
  seen: Health | undefined,
  held: typeof holdForSuspension,
  deps: HealthDeps,
): Promise<void> {
  let isFirst = true;
  return retryOnConflict(async () => {
    const before = isFirst ? seen : await deps.healths.find(webhook.webhookId);
    isFirst = false;
    const after = held(before, deps.now());
    return (await changeHealth(webhook, before, after, deps)) ? undefined : conflict;
  });
}

export interface ReleaseDeps extends HealthDeps {
  readonly healths: HealthDeps["healths"] & Pick<HealthStore, "withTimers">;
}

/** So many webhooks are let go at a time. */
const atOnce = 20;

/** Has everything go out that waits because the cache was suspended. To do so twice does no harm. */
export async function releaseSuspended(cacheName: string, deps: ReleaseDeps): Promise<void> {
  const withTimers = await deps.healths.withTimers();
  const held = withTimers.filter((health) => health.cacheName === cacheName);
  for (let start = 0; start < held.length; start += atOnce) {
    await Promise.all(held.slice(start, start + atOnce).map((health) => release(health, deps)));
  }
}

/** One that changed meanwhile is not waiting for this any more, or has a step to come that finds out. */
async function release(health: HealthRecord, deps: ReleaseDeps): Promise<void> {
  await changeHealth(health, health, resumeBreaker(health, deps.now()), deps);
}
