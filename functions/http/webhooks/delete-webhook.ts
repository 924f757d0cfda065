import { deleteWebhook as route } from "../../../shared/contract/operations/webhooks/delete-webhook.ts";
import { expiryOf } from "../../../shared/domain/attempts/retry-schedule.ts";
import { assertMatch } from "../../../shared/domain/webhooks/present-webhook.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { type RetryDeps, retryOnConflict } from "../../../shared/store/table/table.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { namedWebhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../../shared/store/webhooks/webhook-writer.ts";

interface Deps extends Partial<RetryDeps> {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly writer: Pick<WebhookWriter, "remove">;
  readonly retentionDays: number;
  readonly now: () => number;
}

export async function deleteWebhook(
  { params: { cacheName, webhookName }, headers, caller }: Input<typeof route>,
  deps: Deps,
): Promise<Record<string, never>> {
  const { webhooks, writer, retentionDays, now } = deps;
  await retryOnConflict(async () => {
    const webhook = await namedWebhookInScope(cacheName, webhookName, caller, webhooks);
    assertMatch(headers["if-match"], webhook);
    return writer.remove(webhook, now(), expiryOf(now(), retentionDays));
  }, deps);
  return {};
}

export const handler = endpoint(route, deleteWebhook, () => ({
  webhooks: openWebhookStore(),
  writer: openWebhookWriter(),
  retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
  now: Date.now,
}));
