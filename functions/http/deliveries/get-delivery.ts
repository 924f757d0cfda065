import type { Delivery } from "../../../shared/contract/delivery.ts";
import { getDelivery as route } from "../../../shared/contract/operations/deliveries/get-delivery.ts";
import { readSignatures } from "../../../shared/contract/values/signature-recipe.ts";
import { findPending } from "../../../shared/delivery/recover/find-pending.ts";
import { type WholeDeliveryDeps, wholeDelivery } from "../../../shared/delivery/whole-delivery.ts";
import {
  endedByDeletion,
  noSuchDelivery,
  presentSummary,
} from "../../../shared/domain/attempts/present-delivery.ts";
import { noBody } from "../../../shared/domain/attempts/request-body.ts";
import { seesSecrets, seesTopic } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type DeliveryLog,
  openDeliveryLog,
} from "../../../shared/store/deliveries/delivery-log.ts";
import {
  openSuspensionStore,
  type SuspensionStore,
} from "../../../shared/store/health/cache-state.ts";
import { openMessageStore } from "../../../shared/store/messages/message-store.ts";
import { openSettingsStore } from "../../../shared/store/webhooks/settings-store.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { logInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps extends WholeDeliveryDeps {
  readonly webhooks: Pick<WebhookStore, "find" | "findLocation" | "findById">;
  readonly log: Pick<DeliveryLog, "find" | "attempts">;
  readonly suspensions: Pick<SuspensionStore, "has">;
}

export async function getDelivery(
  { params: { webhookId, messageId }, caller }: Input<typeof route>,
  deps: Deps,
): Promise<Delivery> {
  const { webhooks, messages, log, suspensions } = deps;
  const { cacheName, deletedTimeMs } = await logInScope(webhookId, caller, webhooks);
  const shown = (await suspensions.has(cacheName)) ? ({ cacheStatus: "suspended" } as const) : {};
  const record = await log.find(webhookId, messageId);
  if (record && !seesTopic(caller, record.topicName)) throw noSuchDelivery(messageId);
  if (record) {
    const delivery = await wholeDelivery(record, cacheName, seesSecrets(caller), deps);
    const ended = deletedTimeMs === undefined ? delivery : endedByDeletion(delivery);
    return { ...shown, ...delivery, ...ended };
  }
  const webhook = await webhooks.findById(webhookId);
  const pending = webhook && (await findPending(webhook, messageId, messages));
  if (!pending) throw noSuchDelivery(messageId);
  return { ...shown, ...presentSummary(pending, Date.now()), ...noBody, attempts: [] };
}

export const handler = endpoint(route, getDelivery, () => ({
  webhooks: openWebhookStore(),
  messages: openMessageStore(),
  log: openDeliveryLog(),
  settings: openSettingsStore(),
  suspensions: openSuspensionStore(),
  retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
  consoleUrl: readEnv("CONSOLE_URL").CONSOLE_URL,
  signatures: readSignatures(readEnv("SIGNATURES").SIGNATURES),
  now: Date.now,
}));
