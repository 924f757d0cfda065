import { isoTime } from "../../contract/values/time.ts";
import type { Attempted } from "../../domain/attempts/delivery-record.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { afterRefusal, heldUntilMs } from "../../domain/breaker/refusal.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import { conflict, type RetryDeps, retryOnConflict } from "../../store/table/table.ts";
import { changeHealth, type HealthDeps } from "../breaker/change-health.ts";

/** Takes a refusal, a 429 or a 503 with `retry-after`, for the whole webhook, and at once. */
export interface RefusalWatch {
  /** Resolves once it is known to all; never throws, since the delivery has its own next time anyway. */
  answered(webhook: WebhookRecord, health: Health | undefined, attempted: Attempted): Promise<void>;
  /** A webhook's health, where this batch has seen it refuse. */
  healthOf(webhookId: string): Health | undefined;
}

export interface RefusalDeps extends HealthDeps, RetryDeps {
  readonly sentLately: SentLately;
}

export function openRefusalWatch(deps: RefusalDeps): RefusalWatch {
  const known = new Map<string, Health | undefined>();
  const writing = new Map<string, Promise<void>>();

  const write = async (
    webhook: WebhookRecord,
    health: Health | undefined,
    notBeforeMs: number | undefined,
  ) => {
    const { webhookId } = webhook;
    const refusal = {
      notBeforeMs,
      sentPerSecond: deps.sentLately.perSecond(webhookId, deps.now()),
      hasLimit: webhook.maxPerSecond !== undefined,
    };
    let before = known.get(webhookId) ?? health;
    await retryOnConflict(async () => {
      const after = afterRefusal(before, { ...refusal, nowMs: deps.now() });
      if (after === before || (await changeHealth(webhook, before, after, deps))) {
        known.set(webhookId, after);
        if (after !== before) tell(webhookId, after, deps.now());
        return undefined;
      }
      before = await deps.healths.find(webhookId);
      return conflict;
    }, deps);
  };

  return {
    async answered(webhook, health, attempted) {
      if (!isRefusal(attempted)) return;
      const { webhookId } = webhook;
      const { verdict } = attempted;
      const notBeforeMs = verdict.kind === "retry" ? verdict.notBeforeMs : undefined;
      // One behind the other: most have nothing to add to what the first has said.
      const mine = (writing.get(webhookId) ?? Promise.resolve()).then(() =>
        write(webhook, health, notBeforeMs).catch((error: unknown) => {
          log("warn", "health.unrecorded", { webhookId, ...errorFields(error) });
        }),
      );
      writing.set(webhookId, mine);
      await mine;
    },
    healthOf: (webhookId) => known.get(webhookId),
  };
}

function isRefusal({ record: { statusCode }, verdict }: Attempted): boolean {
  if (statusCode === 429) return true;
  return statusCode === 503 && verdict.kind === "retry" && verdict.notBeforeMs !== undefined;
}

function tell(webhookId: string, health: Health | undefined, nowMs: number): void {
  const untilMs = heldUntilMs(health, nowMs);
  log("info", "webhook.refused", {
    webhookId,
    heldUntil: untilMs === undefined ? undefined : isoTime(untilMs),
    perSecond: health?.throttle?.perSecond,
  });
}

/** What this environment has posted lately, by webhook: kept in memory alone, so it costs no call. */
export interface SentLately {
  note(webhookId: string, nowMs: number): void;
  perSecond(webhookId: string, nowMs: number): number;
}

const windowMs = 1_000;
const maxRemembered = 1_000;

export function openSentLately(): SentLately {
  const sent = new Map<string, number[]>();

  const recent = (webhookId: string, nowMs: number) =>
    (sent.get(webhookId) ?? []).filter((timeMs) => Math.abs(nowMs - timeMs) < windowMs);

  return {
    note(webhookId, nowMs) {
      if (sent.size >= maxRemembered) sent.clear();
      sent.set(webhookId, [...recent(webhookId, nowMs), nowMs]);
    },
    perSecond: (webhookId, nowMs) => recent(webhookId, nowMs).length,
  };
}
