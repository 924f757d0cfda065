import type { DeliveryJob } from "../contract/delivery.ts";
import { isSettled } from "../domain/is-settled.ts";
import { nextStep, type Step } from "../domain/next-step.ts";
import type { WebhookRecord } from "../domain/webhook-record.ts";
import type { DeliveryContext } from "../store/delivery-context.ts";
import type { MessageStore } from "../store/message-store.ts";
import { type AttemptDeps, type Attempted, makeAttempt } from "./attempt.ts";
import { type SettleDeps, settle } from "./settle.ts";
import { type SwitchOffDeps, switchOff } from "./switch-off.ts";

export interface DeliverDeps extends AttemptDeps, SettleDeps, SwitchOffDeps {
  readonly messages: Pick<MessageStore, "find">;
  /** Waits between attempts, in seconds. */
  readonly schedule: readonly number[];
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

/**
 * Makes one attempt and stores what follows from it. Handling a job twice does no harm: the second time
 * finds the attempt recorded, or posts under the same `webhook-id`.
 */
export async function deliverOne(
  job: DeliveryJob,
  context: DeliveryContext,
  deps: DeliverDeps,
): Promise<void> {
  const webhook = context.webhookOf(job);
  if (!webhook || isSettled(context.headOf(job), job)) return;
  if (webhook.status === "inactive") return end(job, "webhook inactive", deps);

  const payload =
    job.payload ??
    (await deps.messages.find(job.message.cacheName, job.message.messageId))?.payload;
  if (!payload) return end(job, "message expired", deps);

  const attempted = await makeAttempt(webhook, job.message, payload, job.attempt, deps);
  await settle(job, attempted.record, stepAfter(job, attempted, deps), deps);
  await obey(webhook, attempted, deps);
}

function end(job: DeliveryJob, error: string, deps: DeliverDeps): Promise<void> {
  return settle(job, null, { kind: "failed", error }, deps);
}

function stepAfter(job: DeliveryJob, { verdict }: Attempted, deps: DeliverDeps): Step {
  const { schedule } = deps;
  return nextStep({ job, verdict, nowMs: deps.now(), schedule, jitter: deps.random() });
}

async function obey(
  webhook: WebhookRecord,
  { verdict }: Attempted,
  deps: DeliverDeps,
): Promise<void> {
  if (verdict.kind === "retry" || !verdict.disable) return;
  await switchOff(webhook, verdict.disable, deps);
}
