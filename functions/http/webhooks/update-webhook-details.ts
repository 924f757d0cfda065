import { updateWebhookDetails as route } from "../../../shared/contract/operations/webhooks/update-webhook-details.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import {
  openRepairDeps,
  type RepairDeps,
  repairWebhook,
} from "../../../shared/delivery/breaker/repair.ts";
import { assertFormatFits } from "../../../shared/domain/webhooks/alert-formats.ts";
import { urlSent } from "../../../shared/domain/webhooks/masking.ts";
import { assertMatch } from "../../../shared/domain/webhooks/present-webhook.ts";
import { signingFrom } from "../../../shared/domain/webhooks/signing-settings.ts";
import { changeWebhook } from "../../../shared/domain/webhooks/webhook-record.ts";
import {
  filterSent,
  headersSent,
  limitSent,
} from "../../../shared/domain/webhooks/webhook-settings.ts";
import { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { checkCredentials, checkUrlAt } from "../../../shared/runtime/request-checks.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import {
  openSigningKeyStore,
  type SigningKeyStore,
} from "../../../shared/store/secrets/signing-keys.ts";
import { openVault, type Vault, withHeaderNames } from "../../../shared/store/secrets/vault.ts";
import { conflict, retryOnConflict } from "../../../shared/store/table/table.ts";
import { assertSignable } from "../../../shared/store/webhooks/assert-signable.ts";
import { credentialChanges } from "../../../shared/store/webhooks/seal-credentials.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import {
  type ViewDeps,
  webhookInScope,
  webhookView,
} from "../../../shared/store/webhooks/webhook-view.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../../shared/store/webhooks/webhook-writer.ts";

interface Deps extends ViewDeps, RepairDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly writer: Pick<WebhookWriter, "replace">;
  readonly vault: Pick<Vault, "sealHeaders" | "sealText" | "headersOf" | "secretOf">;
  readonly signingKeys: Pick<SigningKeyStore, "ensure">;
}

export async function updateWebhookDetails(
  { params, headers, body, caller }: Input<typeof route>,
  deps: Deps,
): Promise<ApiResponse<Webhook>> {
  const { webhooks, writer, vault, signingKeys, now } = deps;
  const { productId, events, config } = body;
  const updated = await retryOnConflict(async () => {
    const webhook = await webhookInScope(params.webhookId, caller, webhooks);
    assertMatch(headers["if-match"], webhook);
    const previous = await withHeaderNames(webhook, vault);
    const changes = {
      productId,
      events,
      url: urlSent(config.url, webhook, "config.url"),
      ...(await vault.sealHeaders(webhook.webhookId, headersSent(config) ?? {})),
      ...(await credentialChanges(webhook.webhookId, config, webhook, deps)),
      format: config.format ?? webhook.format,
      timeoutSeconds: config.timeoutSeconds ?? webhook.timeoutSeconds,
      maxPerSecond: limitSent(config.maxPerSecond, webhook),
      ...signingFrom(config, webhook),
      filter: filterSent(config.filter, webhook),
    };
    assertFormatFits({ ...webhook, ...changes }, config.format);
    const next = changeWebhook(previous, changes, now());
    await assertSignable(next, body, vault);
    if (config.asymmetric) await signingKeys.ensure(next.cacheName, now());
    return (await writer.replace(previous, next)) === conflict ? conflict : next;
  });
  // Also where nothing has changed: the client may repeat a call whose answer was lost.
  await repairWebhook(updated, deps);
  const { webhook, etag } = await webhookView(updated, caller, deps);
  return new ApiResponse(webhook, { headers: { etag } });
}

export const handler = endpoint(
  route,
  updateWebhookDetails,
  () => ({
    ...openRepairDeps(),
    webhooks: openWebhookStore(),
    writer: openWebhookWriter(),
    vault: openVault(),
    signingKeys: openSigningKeyStore(openVault()),
    suspensions: openSuspensionStore(),
  }),
  (json, { hosts }) => [
    ...checkUrlAt("config", "url", json, hosts),
    ...checkCredentials(json, hosts),
  ],
);
