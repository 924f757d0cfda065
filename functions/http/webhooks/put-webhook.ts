import {
  type PutWebhookResponse,
  putWebhook as route,
} from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import {
  openRepairDeps,
  type RepairDeps,
  repairWebhook,
} from "../../../shared/delivery/breaker/repair.ts";
import { assertMatch, nameInUse } from "../../../shared/domain/webhooks/present-webhook.ts";
import {
  changeWebhook,
  type WebhookRecord,
} from "../../../shared/domain/webhooks/webhook-record.ts";
import { headersSent, settingsFrom } from "../../../shared/domain/webhooks/webhook-settings.ts";
import type { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { enforceTopic, sees } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { checkPut } from "../../../shared/runtime/request-checks.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { openSigningKeyStore } from "../../../shared/store/secrets/signing-keys.ts";
import { openVault, type Vault, withHeaderNames } from "../../../shared/store/secrets/vault.ts";
import { conflict, retryOnConflict } from "../../../shared/store/table/table.ts";
import { assertSignable } from "../../../shared/store/webhooks/assert-signable.ts";
import {
  type CreateDeps,
  createRecord,
  revealWebhook,
} from "../../../shared/store/webhooks/create-webhook.ts";
import { credentialChanges } from "../../../shared/store/webhooks/seal-credentials.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import type { ViewDeps } from "../../../shared/store/webhooks/webhook-view.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../../shared/store/webhooks/webhook-writer.ts";

type PutInput = Input<typeof route>;

interface Deps extends ViewDeps, CreateDeps, RepairDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly writer: Pick<WebhookWriter, "create" | "replace">;
  readonly vault: Vault;
}

export async function putWebhook(
  input: PutInput,
  deps: Deps,
): Promise<ApiResponse<PutWebhookResponse>> {
  const { params, headers, caller } = input;
  enforceTopic(caller, input.body.topicName);
  const { next, isNew } = await retryOnConflict(async () => {
    const previous = await deps.webhooks.find(params.cacheName, params.webhookName);
    // To a portal session it does not exist, and yet its name is taken.
    if (previous && !sees(caller, previous)) throw nameInUse(params.webhookName);
    assertMatch(headers["if-match"], previous);
    const next = previous
      ? await replace(previous, input, deps)
      : await createRecord(params, input.body, deps);
    return next === conflict ? conflict : { next, isNew: previous === undefined };
  });
  // Also where nothing has changed: the client may repeat a call whose answer was lost.
  if (!isNew) await repairWebhook(next, deps);
  return revealWebhook(next, isNew ? 201 : 200, caller, deps);
}

async function replace(
  current: WebhookRecord,
  { body }: PutInput,
  { writer, vault, signingKeys, now }: Deps,
): Promise<WebhookRecord | typeof conflict> {
  const { webhookId } = current;
  const previous = await withHeaderNames(current, vault);
  const headers = headersSent(body.config);
  const { secretString } = body;
  const changes = {
    ...settingsFrom(body, previous),
    ...(headers && (await vault.sealHeaders(webhookId, headers))),
    ...(await credentialChanges(webhookId, body.config, previous, { vault, now })),
    ...(secretString && { sealedSecret: await vault.sealSecret(webhookId, secretString) }),
  };
  const next = changeWebhook(previous, changes, now());
  await assertSignable(next, body, vault);
  if (body.config?.asymmetric) await signingKeys.ensure(next.cacheName, now());
  return (await writer.replace(previous, next)) === conflict ? conflict : next;
}

export const handler = endpoint(
  route,
  putWebhook,
  () => ({
    ...openRepairDeps(),
    webhooks: openWebhookStore(),
    writer: openWebhookWriter(),
    vault: openVault(),
    signingKeys: openSigningKeyStore(openVault()),
    suspensions: openSuspensionStore(),
    webhooksPerCache: readEnv("WEBHOOKS_PER_CACHE").WEBHOOKS_PER_CACHE,
  }),
  checkPut,
);
