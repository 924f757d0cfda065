import type { DeliveryJob } from "../../contract/jobs.ts";
import { AppError } from "../../domain/app-error.ts";
import { deliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { withHops } from "../../domain/messages/message-draft.ts";
import type { PlannedDelivery, RecoveryRecord } from "../../domain/recovery/recovery-record.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { DeliveryQueue } from "../../queue/queues.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";
import type { Message, MessageStore } from "../../store/messages/message-store.ts";
import { firstJob } from "../publish/store-and-enqueue.ts";

export interface SendRecoveredDeps {
  readonly messages: Pick<MessageStore, "findAll">;
  readonly records: Pick<DeliveryStore, "record">;
  readonly deliveries: DeliveryQueue;
  readonly retentionDays: number;
  readonly now: () => number;
}

/** So many messages, with their values, are held at once; also the most that one call reads. */
const atOnce = 100;

/**
 * Sends a plan, and returns how many of it. To send one again does no harm: an attempt of the same
 * generation that was made or is being made is not made twice.
 */
export async function sendRecovered(
  webhook: WebhookRecord,
  { plan, hops = 0 }: Pick<RecoveryRecord, "plan" | "hops">,
  deps: SendRecoveredDeps,
): Promise<number> {
  let sent = 0;
  for (let start = 0; start < plan.length; start += atOnce) {
    sent += await sendPage(webhook, plan.slice(start, start + atOnce), hops, deps);
  }
  return sent;
}

async function sendPage(
  webhook: WebhookRecord,
  plan: readonly PlannedDelivery[],
  hops: number,
  deps: SendRecoveredDeps,
): Promise<number> {
  const generations = new Map(plan.map(({ messageId, generation }) => [messageId, generation]));
  const kept = await deps.messages.findAll(webhook.cacheName, [...generations.keys()]);
  const alive = kept.filter(({ expiresAt }) => expiresAt * 1000 > deps.now());
  const jobs = alive.map(({ facts, payload }) =>
    recoveredJob(
      webhook,
      { facts: withHops(facts, hops), payload },
      generations.get(facts.messageId) ?? 1,
    ),
  );
  const wanted = await Promise.all(jobs.map((job) => isStillWanted(job, deps)));
  const toSend = jobs.filter((_, index) => wanted[index]);
  const refused = await deps.deliveries.send(toSend);
  if (refused.length > 0) throw new AppError("SERVER_UNAVAILABLE", "the queue refused deliveries");
  return toSend.length;
}

/** A first attempt says that it has waited, so that whoever makes it looks first whether it was made. */
function recoveredJob(webhook: WebhookRecord, message: Message, generation: number): DeliveryJob {
  const job = firstJob(webhook, message, generation);
  return generation > 1 ? job : { ...job, notBeforeMs: message.facts.publishedTimeMs };
}

/** What was missing is noted as pending, so that no other recovery finds it while it waits. */
async function isStillWanted(job: DeliveryJob, deps: SendRecoveredDeps): Promise<boolean> {
  if (job.generation > 1) return true;
  const { records, retentionDays, now } = deps;
  const pending = deliveryRecord(job, null, { kind: "retry", timeMs: now() }, retentionDays);
  return records.record(pending, null);
}
