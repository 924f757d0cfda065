import { recoverDeliveries } from "../../../functions/http/deliveries/recover-deliveries.ts";
import { retryDelivery } from "../../../functions/http/deliveries/retry-delivery.ts";
import { deleteWebhook } from "../../../functions/http/webhooks/delete-webhook.ts";
import { updateWebhookDetails } from "../../../functions/http/webhooks/update-webhook-details.ts";
import { updateWebhookStatus } from "../../../functions/http/webhooks/update-webhook-status.ts";
import { Environment } from "../../../ops/simulate/environment.ts";
import { startMs } from "../../../ops/simulate/start.ts";
import type { World } from "../../../ops/simulate/world.ts";
import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import {
  openDeliveryQueue,
  openRecoverQueue,
  openRetryQueue,
} from "../../../shared/queue/queues.ts";
import { openDeliveryHeads } from "../../../shared/store/deliveries/delivery-context.ts";
import { openDeliveryLog } from "../../../shared/store/deliveries/delivery-log.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { openMessageStore } from "../../../shared/store/messages/message-store.ts";
import {
  openRecoverySlots,
  openRecoveryStore,
} from "../../../shared/store/waiting/recovery-store.ts";
import { openSlotStore } from "../../../shared/store/waiting/slot-store.ts";
import { openWebhookStore } from "../../../shared/store/webhooks/webhook-store.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";

/** What a webhook's owner asks for over HTTP; these functions take their time, and do not die. */
export function openOwner(world: World, cacheName: string) {
  const { platform } = new Environment(world, false);
  const { database, sender, timers, random, now } = platform;
  const deps = {
    ...{ timers, random, now },
    webhooks: openWebhookStore(database),
    writer: openWebhookWriter(database),
    healths: openHealthStore(database, now),
    heads: openDeliveryHeads(database),
    retries: openRetryQueue(sender),
    deliveries: openDeliveryQueue(sender),
    messages: openMessageStore(database),
    log: openDeliveryLog(database),
    recoveries: openRecoveryStore(database),
    slots: openRecoverySlots(database),
    rateSlots: openSlotStore(database),
    steps: openRecoverQueue(sender),
    suspensions: openSuspensionStore(database, now),
    vault: {
      sealHeaders: async () => ({ sealedHeaders: undefined, headerNames: [] }),
      sealText: async () => "",
      headersOf: async () => ({}),
      secretOf: async () => new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    },
    signingKeys: { ensure: async () => {} },
    retentionDays: 30,
  };
  const caller = { keyId: "key", caches: ["*"], permissions: ["manage"] };
  const request = { query: undefined, text: "", caller };
  return {
    remove: (webhookName: string) =>
      deleteWebhook(
        { ...request, headers: {}, params: { cacheName, webhookName }, body: undefined },
        deps,
      ),
    setStatus: (webhookId: string, webhookStatus: "active" | "inactive") =>
      updateWebhookStatus(
        { ...request, headers: {}, params: { webhookId }, body: { webhookStatus } },
        deps,
      ),
    limit({ webhookId, url }: WebhookRecord, maxPerSecond: number | null) {
      const config = { url, customHeaders: {}, maxPerSecond };
      const body = { productId: null, events: [], config };
      return updateWebhookDetails({ ...request, headers: {}, params: { webhookId }, body }, deps);
    },
    recover(webhookId: string) {
      const body = { mode: "failed", since: new Date(startMs).toISOString() } as const;
      return recoverDeliveries({ ...request, headers: {}, params: { webhookId }, body }, deps);
    },
    replay: (delivery: { readonly webhookId: string; readonly messageId: string }) =>
      retryDelivery({ ...request, headers: {}, params: delivery, body: undefined }, deps),
  };
}
