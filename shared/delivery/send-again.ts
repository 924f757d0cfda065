import type { DeliveryJob } from "../contract/jobs.ts";
import { AppError } from "../domain/app-error.ts";
import type { DeliveryRecord } from "../domain/attempts/delivery-record.ts";
import { noSuchDelivery } from "../domain/attempts/present-delivery.ts";
import { withHops } from "../domain/messages/message-draft.ts";
import type { WebhookRecord } from "../domain/webhooks/webhook-record.ts";
import type { DeliveryQueue } from "../queue/queues.ts";
import { openDeliveryQueue } from "../queue/queues.ts";
import { type Caller, seesTopic } from "../runtime/caller.ts";
import { type DeliveryLog, openDeliveryLog } from "../store/deliveries/delivery-log.ts";
import {
  type Message,
  type MessageStore,
  openMessageStore,
} from "../store/messages/message-store.ts";
import { openWebhookStore, type WebhookStore } from "../store/webhooks/webhook-store.ts";
import { webhookInScope } from "../store/webhooks/webhook-view.ts";
import { type LookDeps, lookAtHolds, openLookDeps } from "./breaker/holds.ts";
import { firstJob } from "./publish/store-and-enqueue.ts";

export interface SendAgainDeps extends LookDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly messages: Pick<MessageStore, "find">;
  readonly log: Pick<DeliveryLog, "find">;
  readonly deliveries: DeliveryQueue;
}

export function openSendAgainDeps(): SendAgainDeps {
  return {
    ...openLookDeps(),
    webhooks: openWebhookStore(),
    messages: openMessageStore(),
    log: openDeliveryLog(),
    deliveries: openDeliveryQueue(),
  };
}

/** A delivery that may be sent again. */
export interface PastDelivery {
  readonly webhook: WebhookRecord;
  readonly record: DeliveryRecord;
}

/** Throws where there is none that this caller sees, or its webhook takes none. */
export async function pastDelivery(
  { webhookId, messageId }: { readonly webhookId: string; readonly messageId: string },
  caller: Caller,
  { webhooks, log }: SendAgainDeps,
): Promise<PastDelivery> {
  const webhook = await webhookInScope(webhookId, caller, webhooks);
  const record = await log.find(webhookId, messageId);
  if (!record || !seesTopic(caller, record.topicName)) throw noSuchDelivery(messageId);
  if (webhook.status === "inactive") throw cannotBeSent("the webhook is inactive");
  return { webhook, record };
}

/**
 * The first attempt of a new generation, which takes the delivery over and ends the old one: nothing is written here.
 * While the breaker is open it is the probe. `isHeld` where not even that is posted now.
 */
export async function jobAgain(
  { webhook, record }: PastDelivery,
  { facts, payload }: Message,
  hops: number,
  deps: LookDeps,
): Promise<{ readonly job: DeliveryJob; readonly isHeld: boolean }> {
  const { isOpen, isHeld } = await lookAtHolds(webhook, deps);
  const forwarded = { facts: withHops(facts, hops), payload };
  const job = firstJob(webhook, forwarded, record.generation + 1);
  return { job: isOpen ? { ...job, isProbe: true } : job, isHeld };
}

export function cannotBeSent(message: string): AppError {
  return new AppError("FAILED_PRECONDITION_ERROR", message);
}

export function notTaken(): AppError {
  return new AppError("SERVER_UNAVAILABLE", "not accepted; try again");
}
