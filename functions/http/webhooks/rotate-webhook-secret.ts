import { randomBytes } from "node:crypto";
import {
  type RotatedSecret,
  rotateWebhookSecret as route,
} from "../../../shared/contract/operations/webhooks/rotate-webhook-secret.ts";
import { isoTime } from "../../../shared/contract/values/time.ts";
import {
  openRepairDeps,
  type RepairDeps,
  repairWebhook,
} from "../../../shared/delivery/breaker/repair.ts";
import { changeWebhook } from "../../../shared/domain/webhooks/webhook-record.ts";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openVault, type Vault } from "../../../shared/store/secrets/vault.ts";
import { conflict, retryOnConflict } from "../../../shared/store/table/table.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { namedWebhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";
import {
  openWebhookWriter,
  type WebhookWriter,
} from "../../../shared/store/webhooks/webhook-writer.ts";

interface Deps extends RepairDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly writer: Pick<WebhookWriter, "replace">;
  readonly vault: Pick<Vault, "sealSecret">;
}

const defaultGraceHours = 24;

export async function rotateWebhookSecret(
  { params: { cacheName, webhookName }, body, caller }: Input<typeof route>,
  deps: Deps,
): Promise<RotatedSecret> {
  const { webhooks, writer, vault, now } = deps;
  const secret = mintSecret(randomBytes(32));
  const previousSecretUntilMs = now() + (body?.graceHours ?? defaultGraceHours) * 3_600_000;
  const rotated = await retryOnConflict(async () => {
    const webhook = await namedWebhookInScope(cacheName, webhookName, caller, webhooks);
    const sealedSecret = await vault.sealSecret(webhook.webhookId, secret);
    const sealedPreviousSecret = webhook.sealedSecret;
    const changes = { sealedSecret, sealedPreviousSecret, previousSecretUntilMs };
    const next = changeWebhook(webhook, changes, now());
    return (await writer.replace(webhook, next)) === conflict ? conflict : next;
  });
  await repairWebhook(rotated, deps);
  const previousSecretExpiresTime = isoTime(previousSecretUntilMs);
  return { secret, webhookName, cacheName, previousSecretExpiresTime };
}

export const handler = endpoint(route, rotateWebhookSecret, () => ({
  ...openRepairDeps(),
  webhooks: openWebhookStore(),
  writer: openWebhookWriter(),
  vault: openVault(),
}));
