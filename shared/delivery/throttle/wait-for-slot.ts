import type { DeliveryJob } from "../../contract/jobs.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { heldUntilMs } from "../../domain/throttle/refusal.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Timers } from "../../runtime/timers.ts";
import { isMissed, type RateGate, type Turn } from "./rate-gate.ts";
import type { RefusalWatch } from "./refusal-watch.ts";

export interface WaitDeps {
  readonly turn: Turn;
  readonly gate: RateGate;
  readonly refusals: Pick<RefusalWatch, "healthOf">;
  readonly timers: Timers;
  readonly now: () => number;
}

/** A second try reaches further ahead: what made the first too late may do so again. */
const secondLeadMs = 500;

/**
 * Waits for the job's moment: resolves to undefined when that has come, or to about when it will, if not
 * within this batch. A slot that was missed, since a call took long, is not made up for.
 */
export async function waitForSlot(
  job: DeliveryJob,
  webhook: WebhookRecord,
  health: Health | undefined,
  { turn: first, gate, refusals, timers, now }: WaitDeps,
): Promise<number | undefined> {
  let turn = first;
  for (let n = 0; n < 2 && turn.kind === "slot"; n += 1) {
    await timers.wait(Math.max(0, Math.ceil(turn.timeMs - now())));
    const latest = refusals.healthOf(webhook.webhookId) ?? health;
    const untilMs = heldUntilMs(latest, now());
    if (untilMs !== undefined) return untilMs;
    if (!isMissed(turn.timeMs, now())) return undefined;
    turn = await gate.turnOf({ ...job, slot: undefined }, webhook, latest, secondLeadMs);
  }
  return turn.kind === "free" ? undefined : turn.timeMs;
}
