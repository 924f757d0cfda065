import type { Attempted } from "../../domain/attempts/delivery-record.ts";
import { afterBatch, shouldSwitchOff } from "../../domain/breaker/health.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { slowAfterMs } from "../../domain/breaker/slowness.ts";
import { changeWebhook, type WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { HealthStore } from "../../store/health/health-store.ts";
import { type RetryDeps, retryOnConflict } from "../../store/table/table.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";
import type { WebhookWriter } from "../../store/webhooks/webhook-writer.ts";
import type { Announcer } from "../announcer.ts";
import { changeHealth, type HealthDeps } from "./change-health.ts";

export interface HealthRecorderDeps extends HealthDeps, SwitchOffDeps {
  readonly healths: HealthStore;
  readonly announcer: Announcer;
}

/** Counts what one batch's attempts say of the webhooks' health, so that it is written once a webhook. */
export interface HealthRecorder {
  add(webhook: WebhookRecord, attempted: Attempted, health: Health | undefined): void;
  /**
   * Writes what changed; never throws, since a lost count does no harm. Asks first for the health of webhooks that this
   * batch has marked.
   */
  write(healthOf?: (webhookId: string) => Health | undefined): Promise<void>;
}

interface Count {
  readonly webhook: WebhookRecord;
  readonly health: Health | undefined;
  successes: number;
  failures: number;
  timeouts: number;
  isFast: boolean;
}

export function createHealthRecorder(deps: HealthRecorderDeps): HealthRecorder {
  const counts = new Map<string, Count>();

  return {
    add(webhook, attempted, health) {
      const none = { webhook, health, successes: 0, failures: 0, timeouts: 0, isFast: false };
      const count = counts.get(webhook.webhookId) ?? none;
      if (attempted.verdict.kind === "delivered") {
        count.successes += 1;
        count.isFast ||= attempted.record.latencyMs < slowAfterMs;
      } else if (wasPosted(attempted)) count.failures += 1;
      if (attempted.isTimeout) count.timeouts += 1;
      counts.set(webhook.webhookId, count);
    },
    async write(healthOf = () => undefined) {
      const latest = [...counts.values()].map((count) => {
        const health = healthOf(count.webhook.webhookId) ?? count.health;
        return { ...count, health };
      });
      await Promise.all(latest.map((count) => writeQuietly(count, deps)));
    },
  };
}

/**
 * An answer that ends its message is a failure as any other: a receiver that gives it to every message costs as
 * much as a dead one, and more, since each raises an event. An address that was refused says nothing of it.
 */
function wasPosted({ verdict, record }: Attempted): boolean {
  return verdict.kind === "retry" || record.statusCode !== null;
}

async function writeQuietly(count: Count, deps: HealthRecorderDeps): Promise<void> {
  try {
    await writeCount(count, deps);
  } catch (error) {
    const { webhookId } = count.webhook;
    log("warn", "health.unrecorded", { webhookId, ...errorFields(error) });
  }
}

const tries = 3;

async function writeCount(count: Count, deps: HealthRecorderDeps): Promise<void> {
  const { webhookId } = count.webhook;
  if (count.successes > 0) await deps.healths.beat({ webhookId, lastSuccessMs: deps.now() });
  let before = count.health;
  for (let n = 0; n < tries; n += 1) {
    const after = afterBatch(before, { ...count, nowMs: deps.now() });
    if (await changeHealth(count.webhook, before, after, deps)) {
      return followUp(count.webhook, before, after, deps);
    }
    before = await deps.healths.find(webhookId);
  }
}

async function followUp(
  webhook: WebhookRecord,
  before: Health | undefined,
  after: Health | undefined,
  deps: HealthRecorderDeps,
): Promise<void> {
  if (before?.breaker.kind === "open" && after?.breaker.kind === "draining") {
    await deps.announcer.recovered(webhook);
  }
  const { webhookId } = webhook;
  const circumstances = { nowMs: deps.now(), webhookId };
  // Asked without the heartbeat first, which is worth a read only where it can make a difference.
  if (!shouldSwitchOff(after, { ...circumstances, heartbeat: undefined })) return;
  const heartbeat = await deps.healths.heartbeat();
  if (shouldSwitchOff(after, { ...circumstances, heartbeat })) {
    await switchOff(webhook, "failing", deps);
  }
}

export interface SwitchOffDeps extends RetryDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly writer: Pick<WebhookWriter, "replace">;
  readonly announcer: Pick<Announcer, "disabled">;
  readonly now: () => number;
}

/**
 * Makes a webhook inactive for the reason given, but only in the version that was tried: a verdict on the
 * old URL says nothing of one that was repaired meanwhile.
 */
export async function switchOff(
  tried: WebhookRecord,
  statusReason: "gone" | "failing",
  deps: SwitchOffDeps,
): Promise<void> {
  const { webhooks, writer, announcer, now } = deps;
  const result = await retryOnConflict(async () => {
    const current = await webhooks.find(tried.cacheName, tried.webhookName);
    if (current?.webhookId !== tried.webhookId || current.version !== tried.version)
      return "changed";
    return writer.replace(
      current,
      changeWebhook(current, { status: "inactive", statusReason }, now()),
    );
  }, deps);
  if (result === "written") await announcer.disabled(tried, statusReason);
}
