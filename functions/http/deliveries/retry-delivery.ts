import {
  type RetryDeliveryResponse,
  retryDelivery as route,
} from "../../../shared/contract/operations/deliveries/retry-delivery.ts";
import {
  type LookDeps,
  lookAtHolds,
  openLookDeps,
} from "../../../shared/delivery/breaker/holds.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import { firstJob } from "../../../shared/delivery/publish/store-and-enqueue.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { noSuchDelivery } from "../../../shared/domain/attempts/present-delivery.ts";
import { withHops } from "../../../shared/domain/messages/message-draft.ts";
import { type DeliveryQueue, openDeliveryQueue } from "../../../shared/queue/queues.ts";
import { seesTopic } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type DeliveryLog,
  openDeliveryLog,
} from "../../../shared/store/deliveries/delivery-log.ts";
import {
  type MessageStore,
  openMessageStore,
} from "../../../shared/store/messages/message-store.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { webhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps extends LookDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly messages: Pick<MessageStore, "find">;
  readonly log: Pick<DeliveryLog, "find">;
  readonly deliveries: DeliveryQueue;
}

/**
 * Nothing is written here: the new generation's first attempt takes the delivery over, and ends the old. While the
 * breaker is open it is the probe.
 */
export async function retryDelivery(
  { params: { webhookId, messageId }, headers, caller }: Input<typeof route>,
  deps: Deps,
): Promise<RetryDeliveryResponse> {
  const { webhooks, messages, log, deliveries, now } = deps;
  const hops = hopsOf(headers);
  const webhook = await webhookInScope(webhookId, caller, webhooks);
  const record = await log.find(webhookId, messageId);
  if (!record || !seesTopic(caller, record.topicName)) throw noSuchDelivery(messageId);
  if (webhook.status === "inactive") throw cannot("the webhook is inactive");
  const message = await messages.find(webhook.cacheName, messageId);
  if (!message || message.expiresAt * 1000 <= now()) throw cannot("the message has expired");
  const forwarded = { ...message, facts: withHops(message.facts, hops) };
  const { isOpen, isHeld } = await lookAtHolds(webhook, deps);
  const job = firstJob(webhook, forwarded, record.generation + 1);
  const refused = await deliveries.send([isOpen ? { ...job, isProbe: true } : job]);
  if (refused.length > 0) throw new AppError("SERVER_UNAVAILABLE", "not accepted; try again");
  return { messageId, ...(isHeld && { held: true }) };
}

function cannot(message: string): AppError {
  return new AppError("FAILED_PRECONDITION_ERROR", message);
}

export const handler = endpoint(route, retryDelivery, () => ({
  ...openLookDeps(),
  webhooks: openWebhookStore(),
  messages: openMessageStore(),
  log: openDeliveryLog(),
  deliveries: openDeliveryQueue(),
}));
