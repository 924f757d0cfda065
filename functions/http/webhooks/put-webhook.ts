import { randomBytes } from "node:crypto";
import {
  type PutWebhookResponse,
  putWebhook as route,
} from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { mintId } from "../../../shared/domain/ids/ids.ts";
import { assertMatch } from "../../../shared/domain/webhooks/present-webhook.ts";
import {
  changeWebhook,
  type WebhookRecord,
} from "../../../shared/domain/webhooks/webhook-record.ts";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { headersSent, settingsFrom } from "../../../shared/domain/webhooks/webhook-settings.ts";
import { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { checkPut } from "../../../shared/runtime/request-checks.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { openVault, type Vault, withHeaderNames } from "../../../shared/store/secrets/vault.ts";
import { conflict, retryOnConflict } from "../../../shared/store/table/retry-on-conflict.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { type ViewDeps, webhookView } from "../../../shared/store/webhooks/webhook-view.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../../shared/store/webhooks/webhook-writer.ts";

type PutInput = Input<typeof route>;

interface Deps extends ViewDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly writer: Pick<WebhookWriter, "create" | "replace">;
  readonly vault: Vault;
  readonly webhooksPerCache: number;
  readonly now: () => number;
}

export async function putWebhook(
  input: PutInput,
  deps: Deps,
): Promise<ApiResponse<PutWebhookResponse>> {
  const { params, headers } = input;
  return retryOnConflict(async () => {
    const previous = await deps.webhooks.find(params.cacheName, params.webhookName);
    assertMatch(headers["if-match"], previous);
    const next = previous ? await replace(previous, input, deps) : await create(input, deps);
    return next === conflict ? conflict : respond(next, previous === undefined, input, deps);
  });
}

async function create(
  { params: { cacheName, webhookName }, body }: PutInput,
  { writer, vault, webhooksPerCache, now }: Deps,
): Promise<WebhookRecord | typeof conflict> {
  const nowMs = now();
  const webhookId = mintId("whk", nowMs, randomBytes(10));
  const webhook: WebhookRecord = {
    v: 1,
    webhookId,
    cacheName,
    webhookName,
    ...settingsFrom(body, undefined),
    status: "active",
    sealedSecret: await vault.sealSecret(
      webhookId,
      body.secretString ?? mintSecret(randomBytes(32)),
    ),
    ...(await vault.sealHeaders(webhookId, headersSent(body.config) ?? {})),
    createdTimeMs: nowMs,
    lastModifiedTimeMs: nowMs,
    version: 1,
  };
  const written = await writer.create(webhook, webhooksPerCache);
  if (written !== "full") return written === conflict ? conflict : webhook;
  throw new AppError("LIMIT_EXCEEDED_ERROR", `a cache holds at most ${webhooksPerCache} webhooks`);
}

async function replace(
  current: WebhookRecord,
  { body }: PutInput,
  { writer, vault, now }: Deps,
): Promise<WebhookRecord | typeof conflict> {
  const { webhookId } = current;
  const previous = await withHeaderNames(current, vault);
  const headers = headersSent(body.config);
  const { secretString } = body;
  const changes = {
    ...settingsFrom(body, previous),
    ...(headers && (await vault.sealHeaders(webhookId, headers))),
    ...(secretString && { sealedSecret: await vault.sealSecret(webhookId, secretString) }),
  };
  const next = changeWebhook(previous, changes, now());
  return (await writer.replace(previous, next)) === conflict ? conflict : next;
}

async function respond(
  record: WebhookRecord,
  isNew: boolean,
  { caller }: PutInput,
  deps: Deps,
): Promise<ApiResponse<PutWebhookResponse>> {
  const secret = await deps.vault.secretOf(record);
  const { webhook, etag } = await webhookView(record, caller, deps);
  const value = { secretString: secret.reveal(), webhookId: record.webhookId, webhook };
  return new ApiResponse(value, { status: isNew ? 201 : 200, headers: { etag } });
}

export const handler = endpoint(
  route,
  putWebhook,
  () => ({
    webhooks: openWebhookStore(),
    writer: openWebhookWriter(),
    vault: openVault(),
    suspensions: openSuspensionStore(),
    webhooksPerCache: readEnv("WEBHOOKS_PER_CACHE").WEBHOOKS_PER_CACHE,
    now: Date.now,
  }),
  checkPut,
);
