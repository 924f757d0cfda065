import type { Delivery } from "../../../shared/contract/delivery.ts";
import { getDelivery as route } from "../../../shared/contract/operations/deliveries/get-delivery.ts";
import { findPending } from "../../../shared/delivery/recover/find-pending.ts";
import {
  endedByDeletion,
  noSuchDelivery,
  presentDelivery,
} from "../../../shared/domain/attempts/present-delivery.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type DeliveryLog,
  openDeliveryLog,
} from "../../../shared/store/deliveries/delivery-log.ts";
import {
  openSuspensionStore,
  type SuspensionStore,
} from "../../../shared/store/health/cache-state.ts";
import {
  type MessageStore,
  openMessageStore,
} from "../../../shared/store/messages/message-store.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { logInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "findLocation" | "findById">;
  readonly messages: Pick<MessageStore, "find">;
  readonly log: Pick<DeliveryLog, "find" | "attempts">;
  readonly suspensions: Pick<SuspensionStore, "has">;
}

export async function getDelivery(
  { params: { webhookId, messageId }, caller }: Input<typeof route>,
  { webhooks, messages, log, suspensions }: Deps,
): Promise<Delivery> {
  const { cacheName, deletedTimeMs } = await logInScope(webhookId, caller, webhooks);
  const shown = (await suspensions.has(cacheName)) ? ({ cacheStatus: "suspended" } as const) : {};
  const record = await log.find(webhookId, messageId);
  if (record) {
    const delivery = presentDelivery(record, await log.attempts(webhookId, messageId));
    const ended = deletedTimeMs === undefined ? delivery : endedByDeletion(delivery);
    return { ...shown, ...delivery, ...ended };
  }
  const webhook = await webhooks.findById(webhookId);
  const pending = webhook && (await findPending(webhook, messageId, messages));
  if (!pending) throw noSuchDelivery(messageId);
  return { ...shown, ...presentDelivery(pending, []) };
}

export const handler = endpoint(route, getDelivery, () => ({
  webhooks: openWebhookStore(),
  messages: openMessageStore(),
  log: openDeliveryLog(),
  suspensions: openSuspensionStore(),
}));
