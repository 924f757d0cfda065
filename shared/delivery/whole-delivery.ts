import type { Delivery } from "../contract/delivery.ts";
import type { StoredSignature } from "../contract/values/signature-recipe.ts";
import type { AttemptRecord, DeliveryRecord } from "../domain/attempts/delivery-record.ts";
import { presentAttempt } from "../domain/attempts/present-attempt.ts";
import { presentSummary } from "../domain/attempts/present-delivery.ts";
import { noBody, type ShownBody, shownBody } from "../domain/attempts/request-body.ts";
import { type SettingsVersion, settingsVersionOf } from "../domain/webhooks/webhook-record.ts";
import type { DeliveryLog } from "../store/deliveries/delivery-log.ts";
import type { MessageStore } from "../store/messages/message-store.ts";
import type { SettingsStore } from "../store/webhooks/settings-store.ts";
import type { WebhookStore } from "../store/webhooks/webhook-store.ts";

export interface WholeDeliveryDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly settings: Pick<SettingsStore, "findMany">;
  readonly messages: Pick<MessageStore, "find">;
  readonly log: Pick<DeliveryLog, "attempts">;
  readonly retentionDays: number;
  /** Where alerts lead. */
  readonly consoleUrl?: string | undefined;
  /** Of webhooks that say nothing of their signatures. */
  readonly signatures?: readonly StoredSignature[];
  readonly now: () => number;
}

/** A delivery with its attempts, of all generations and in the order in which they were made, and what they sent. */
export async function wholeDelivery(
  record: DeliveryRecord,
  cacheName: string,
  seesSecrets: boolean,
  deps: WholeDeliveryDeps,
): Promise<Delivery> {
  const { signatures } = deps;
  const { webhookId, messageId, firstAttempt, lastAttemptTimeMs } = record;
  const later = await deps.log.attempts(webhookId, messageId);
  const all = firstAttempt ? [firstAttempt, ...later] : later;
  const last = all.find(({ timeMs }) => timeMs === lastAttemptTimeMs) ?? all.at(-1);
  const settings = await settingsFor(webhookId, all, deps);
  const attempts = all.map((attempt) => {
    const tried = settings.of(attempt);
    const url = (tried ?? settings.current)?.url;
    return presentAttempt(attempt, { tried, url, signatures }, seesSecrets);
  });
  const body = last ? await bodyOf(record, cacheName, last, settings, deps) : noBody;
  return { ...presentSummary(record, Date.now(), last), ...body, attempts };
}

interface KnownSettings {
  /** What the webhook had at an attempt. */
  of(attempt: AttemptRecord): SettingsVersion | undefined;
  /** What it has now; looked up only where an attempt's is not known. */
  readonly current: SettingsVersion | undefined;
}

/** A webhook that an earlier version of the service wrote has no row for its settings until it changes. */
async function settingsFor(
  webhookId: string,
  attempts: readonly AttemptRecord[],
  { settings, webhooks }: WholeDeliveryDeps,
): Promise<KnownSettings> {
  const versions = attempts.flatMap(({ settingsVersion }) => settingsVersion ?? []);
  const found = await settings.findMany(webhookId, versions);
  const kept = ({ settingsVersion }: AttemptRecord) =>
    settingsVersion === undefined ? undefined : found.get(settingsVersion);
  const webhook = attempts.every(kept) ? undefined : await webhooks.findById(webhookId);
  const current = webhook && settingsVersionOf(webhook);
  return {
    current,
    of: (attempt) =>
      kept(attempt) ?? (attempt.settingsVersion === current?.version ? current : undefined),
  };
}

async function bodyOf(
  { messageId }: DeliveryRecord,
  cacheName: string,
  attempt: AttemptRecord,
  { of, current }: KnownSettings,
  { messages, retentionDays, now, consoleUrl }: WholeDeliveryDeps,
): Promise<ShownBody> {
  const tried = of(attempt);
  const settings = tried ?? current;
  // Without retention a long value is still stored, but only for its deliveries.
  if (!settings || retentionDays === 0) return noBody;
  const message = await messages.find(cacheName, messageId);
  if (!message || message.expiresAt * 1000 <= now()) return noBody;
  const isOfThatTime = tried !== undefined || settings.sinceMs <= attempt.timeMs;
  return shownBody(message, attempt, settings, isOfThatTime, consoleUrl);
}
