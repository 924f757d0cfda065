import { randomBytes } from "node:crypto";
import {
  type RotatedSecret,
  rotateWebhookSecret as route,
} from "../../../shared/contract/operations/webhooks/rotate-webhook-secret.ts";
import { isoTime } from "../../../shared/domain/ids/iso-time.ts";
import { noSuchWebhook } from "../../../shared/domain/webhooks/present-webhook.ts";
import { changeWebhook } from "../../../shared/domain/webhooks/webhook-record.ts";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openVault, type Vault } from "../../../shared/store/secrets/vault.ts";
import { retryOnConflict } from "../../../shared/store/table/retry-on-conflict.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../../shared/store/webhooks/webhook-writer.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly writer: Pick<WebhookWriter, "replace">;
  readonly vault: Pick<Vault, "sealSecret">;
  readonly now: () => number;
}

const defaultGraceHours = 24;

export async function rotateWebhookSecret(
  { params: { cacheName, webhookName }, body }: Input<typeof route>,
  { webhooks, writer, vault, now }: Deps,
): Promise<RotatedSecret> {
  const secret = mintSecret(randomBytes(32));
  const previousSecretUntilMs = now() + (body?.graceHours ?? defaultGraceHours) * 3_600_000;
  await retryOnConflict(async () => {
    const webhook = await webhooks.find(cacheName, webhookName);
    if (!webhook) throw noSuchWebhook(webhookName);
    const sealedSecret = await vault.sealSecret(webhook.webhookId, secret);
    const sealedPreviousSecret = webhook.sealedSecret;
    const changes = { sealedSecret, sealedPreviousSecret, previousSecretUntilMs };
    return writer.replace(webhook, changeWebhook(webhook, changes, now()));
  });
  const previousSecretExpiresTime = isoTime(previousSecretUntilMs);
  return { secret, webhookName, cacheName, previousSecretExpiresTime };
}

export const handler = endpoint(route, rotateWebhookSecret, () => ({
  webhooks: openWebhookStore(),
  writer: openWebhookWriter(),
  vault: openVault(),
  now: Date.now,
}));
