import { randomBytes } from "node:crypto";
import type {
  PutWebhookBody,
  PutWebhookResponse,
} from "../../contract/operations/webhooks/put-webhook.ts";
import { AppError } from "../../domain/app-error.ts";
import { mintId } from "../../domain/ids.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { mintSecret } from "../../domain/webhooks/webhook-secret.ts";
import { headersSent, settingsFrom } from "../../domain/webhooks/webhook-settings.ts";
import { ApiResponse } from "../../runtime/api-response.ts";
import type { Caller } from "../../runtime/caller.ts";
import type { SigningKeyStore } from "../secrets/signing-keys.ts";
import type { Vault } from "../secrets/vault.ts";
import { conflict } from "../table/table.ts";
import { assertSignable } from "./assert-signable.ts";
import { credentialChanges } from "./seal-credentials.ts";
import { type ViewDeps, webhookView } from "./webhook-view.ts";
import type { WebhookWriter } from "./webhook-writer.ts";

export interface CreateDeps {
  readonly writer: Pick<WebhookWriter, "create">;
  readonly vault: Pick<Vault, "sealSecret" | "sealHeaders" | "sealText" | "secretOf">;
  readonly signingKeys: Pick<SigningKeyStore, "ensure">;
  readonly webhooksPerCache: number;
  readonly now: () => number;
}

interface Names {
  readonly cacheName: string;
  /** Default: the new webhook's id. */
  readonly webhookName?: string | undefined;
}

/** Stores a new webhook, unless its name was taken meanwhile; throws where the cache is full. */
export async function createRecord(
  { cacheName, webhookName }: Names,
  body: Omit<PutWebhookBody, "id">,
  { writer, vault, signingKeys, webhooksPerCache, now }: CreateDeps,
): Promise<WebhookRecord | typeof conflict> {
  const nowMs = now();
  const webhookId = mintId("whk", nowMs, randomBytes(10));
  const webhook: WebhookRecord = {
    v: 1,
    webhookId,
    cacheName,
    webhookName: webhookName ?? webhookId,
    ...settingsFrom(body, undefined),
    status: "active",
    sealedSecret: await vault.sealSecret(
      webhookId,
      body.secretString ?? mintSecret(randomBytes(32)),
    ),
    ...(await vault.sealHeaders(webhookId, headersSent(body.config) ?? {})),
    ...(await credentialChanges(webhookId, body.config, undefined, { vault, now })),
    createdTimeMs: nowMs,
    lastModifiedTimeMs: nowMs,
    version: 1,
  };
  await assertSignable(webhook, body, vault);
  // Before the webhook: whoever delivers to it finds the keys.
  if (webhook.asymmetric) await signingKeys.ensure(cacheName, nowMs);
  const written = await writer.create(webhook, webhooksPerCache);
  if (written !== "full") return written === conflict ? conflict : webhook;
  throw new AppError("LIMIT_EXCEEDED_ERROR", `a cache holds at most ${webhooksPerCache} webhooks`);
}

interface RevealDeps extends ViewDeps {
  readonly vault: Pick<Vault, "headersOf" | "secretOf">;
}

/** The webhook together with its secret, for whoever put it. */
export async function revealWebhook(
  record: WebhookRecord,
  status: 200 | 201,
  caller: Caller,
  deps: RevealDeps,
): Promise<ApiResponse<PutWebhookResponse>> {
  const secret = await deps.vault.secretOf(record);
  const { webhook, etag } = await webhookView(record, caller, deps);
  const value = { secretString: secret.reveal(), webhookId: record.webhookId, webhook };
  return new ApiResponse(value, { status, headers: { etag } });
}
