import { randomBytes } from "node:crypto";
import type { ClientCertificate } from "../../contract/values/client-certificate.ts";
import type { DestinationAuth } from "../../contract/values/destination-auth.ts";
import { authFrom } from "../../domain/webhooks/auth-settings.ts";
import { certificateFrom } from "../../domain/webhooks/client-certificate.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Vault } from "../secrets/vault.ts";

/** What a request says of how deliveries identify themselves at their receiver. */
export interface SentCredentials {
  readonly auth?: DestinationAuth | null | undefined;
  readonly clientCertificate?: ClientCertificate | null | undefined;
}

type Sealing = Pick<Vault, "sealText">;
type Changes = Partial<
  Pick<WebhookRecord, "auth" | "sealedAuth" | "clientCertificate" | "sealedClientKey">
>;

/** What a request changes of the webhook's auth and of its certificate: nothing where it says nothing. */
export async function credentialChanges(
  webhookId: string,
  sent: SentCredentials | undefined,
  previous: WebhookRecord | undefined,
  { vault, now }: { readonly vault: Sealing; readonly now: () => number },
): Promise<Changes> {
  return {
    ...(await authChanges(webhookId, sent?.auth, previous, vault)),
    ...(await certificateChanges(webhookId, sent?.clientCertificate, previous, vault, now())),
  };
}

async function authChanges(
  webhookId: string,
  sent: SentCredentials["auth"],
  previous: WebhookRecord | undefined,
  vault: Sealing,
): Promise<Changes> {
  const change = authFrom(sent, previous, newId);
  if (!change) return {};
  const { auth, secret } = change;
  if (!auth) return { auth: undefined, sealedAuth: undefined };
  if (secret === undefined) return { auth };
  return { auth, sealedAuth: await vault.sealText(webhookId, "auth", secret) };
}

async function certificateChanges(
  webhookId: string,
  sent: SentCredentials["clientCertificate"],
  previous: WebhookRecord | undefined,
  vault: Sealing,
  nowMs: number,
): Promise<Changes> {
  const change = certificateFrom(sent, previous, newId, nowMs);
  if (!change) return {};
  const { clientCertificate, privateKeyPem } = change;
  if (!clientCertificate) return { clientCertificate: undefined, sealedClientKey: undefined };
  if (privateKeyPem === undefined) return { clientCertificate };
  const sealedClientKey = await vault.sealText(webhookId, "client-key", privateKeyPem);
  return { clientCertificate, sealedClientKey };
}

function newId(): string {
  return randomBytes(9).toString("base64url");
}
