import { routes } from "../../shared/contract/routes.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { changeWebhook } from "../../shared/domain/webhooks/change-webhook.ts";
import { requireMatch } from "../../shared/domain/webhooks/precondition.ts";
import { headersSent, limitSent } from "../../shared/domain/webhooks/webhook-settings.ts";
import { Answer } from "../../shared/runtime/answer.ts";
import { checkUrlAt } from "../../shared/runtime/destination-check.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import type { Input } from "../../shared/runtime/request.ts";
import { openVault, type Vault } from "../../shared/store/secrets/vault.ts";
import { overtaken, untilWritten } from "../../shared/store/table/race.ts";
import { openSuspensionStore } from "../../shared/store/waiting/suspension-store.ts";
import { openWebhookStore, type WebhookStore } from "../../shared/store/webhooks/webhook-store.ts";
import {
  type ViewDeps,
  webhookInScope,
  webhookView,
} from "../../shared/store/webhooks/webhook-view.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../shared/store/webhooks/webhook-writer.ts";

const route = routes.updateWebhookDetails;

interface Deps extends ViewDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly writer: Pick<WebhookWriter, "replace">;
  readonly vault: Pick<Vault, "sealHeaders" | "headersOf">;
  readonly now: () => number;
}

export async function updateWebhookDetails(
  { params, headers, body, caller }: Input<typeof route>,
  deps: Deps,
): Promise<Answer<Webhook>> {
  const { webhooks, writer, vault, now } = deps;
  const { productId, events, config } = body;
  const updated = await untilWritten(async () => {
    const webhook = await webhookInScope(params.webhookId, caller, webhooks);
    requireMatch(headers["if-match"], webhook);
    const changes = {
      productId,
      events,
      url: config.url,
      sealedHeaders: await vault.sealHeaders(webhook.webhookId, headersSent(config) ?? {}),
      format: config.format ?? webhook.format,
      timeoutSeconds: config.timeoutSeconds ?? webhook.timeoutSeconds,
      maxPerSecond: limitSent(config.maxPerSecond, webhook),
    };
    const next = changeWebhook(webhook, changes, now());
    return (await writer.replace(webhook, next)) === overtaken ? overtaken : next;
  });
  const { webhook, etag } = await webhookView(updated, caller, deps);
  return new Answer(webhook, { headers: { etag } });
}

export const handler = endpoint(
  route,
  updateWebhookDetails,
  () => ({
    webhooks: openWebhookStore(),
    writer: openWebhookWriter(),
    vault: openVault(),
    suspensions: openSuspensionStore(),
    now: Date.now,
  }),
  (json, { hosts }) => checkUrlAt("config", "url", json, hosts),
);
