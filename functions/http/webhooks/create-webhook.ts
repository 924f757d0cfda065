import {
  type CreateWebhookBody,
  defaultTopicName,
  createWebhook as route,
} from "../../../shared/contract/operations/webhooks/create-webhook.ts";
import type {
  PutWebhookBody,
  PutWebhookResponse,
} from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { nameInUse } from "../../../shared/domain/webhooks/present-webhook.ts";
import type { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { cachesOf, enforceScope, enforceTopic } from "../../../shared/runtime/caller.ts";
import { checkCreate } from "../../../shared/runtime/create-check.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { openSigningKeyStore } from "../../../shared/store/secrets/signing-keys.ts";
import { openVault, type Vault } from "../../../shared/store/secrets/vault.ts";
import { retryOnConflict } from "../../../shared/store/table/table.ts";
import {
  type CreateDeps,
  createRecord,
  revealWebhook,
} from "../../../shared/store/webhooks/create-webhook.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import type { ViewDeps } from "../../../shared/store/webhooks/webhook-view.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";

interface Deps extends ViewDeps, CreateDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly vault: Vault;
}

export async function createWebhook(
  { body, caller }: Input<typeof route>,
  deps: Deps,
): Promise<ApiResponse<PutWebhookResponse>> {
  // Where the key covers another number of caches than one, the check has seen to it that the body names one.
  const { cacheName = cachesOf(caller)?.[0] ?? "", webhookName } = body.id ?? {};
  enforceScope(caller, route.permission, cacheName);
  enforceTopic(caller, body.topicName ?? defaultTopicName);
  const record = await retryOnConflict(async () => {
    const isTaken =
      webhookName !== undefined && (await deps.webhooks.find(cacheName, webhookName)) !== undefined;
    if (isTaken) throw nameInUse(webhookName, [inUse]);
    return createRecord({ cacheName, webhookName }, asPut(body), deps);
  });
  return revealWebhook(record, 201, caller, deps);
}

const inUse = { path: "id.webhookName", message: "is in use" };

/** The same webhook, as putWebhook is asked for it. */
function asPut({ config, destination, topicName, ...others }: CreateWebhookBody): PutWebhookBody {
  const { url = "", ...settings } = config ?? {};
  return {
    ...others,
    id: undefined,
    config: settings,
    topicName: topicName ?? defaultTopicName,
    destination: destination ?? { postUrl: url },
  };
}

export const handler = endpoint(
  route,
  createWebhook,
  () => ({
    webhooks: openWebhookStore(),
    writer: openWebhookWriter(),
    vault: openVault(),
    signingKeys: openSigningKeyStore(openVault()),
    suspensions: openSuspensionStore(),
    webhooksPerCache: readEnv("WEBHOOKS_PER_CACHE").WEBHOOKS_PER_CACHE,
    now: Date.now,
  }),
  checkCreate,
);
