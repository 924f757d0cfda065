import { randomBytes } from "node:crypto";
import type { ClientCertificate } from "../../contract/values/client-certificate.ts";
import type { DestinationAuth } from "../../contract/values/destination-auth.ts";
import { authFrom } from "../../domain/webhooks/auth-settings.ts";
import { certificateFrom } from "../../domain/webhooks/client-certificate.ts";
import type { SecretChange } from "../../domain/webhooks/secret-change.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Vault } from "../secrets/vault.ts";

/** What a request says of how deliveries identify themselves at their receiver. */
export interface SentCredentials {
  readonly auth?: DestinationAuth | null | undefined;
  readonly clientCertificate?: ClientCertificate | null | undefined;
}

type Changes = Partial<
  Pick<WebhookRecord, "auth" | "sealedAuth" | "clientCertificate" | "sealedClientKey">
>;

/** What a request changes of the webhook's auth and of its certificate: nothing where it says nothing. */
export async function credentialChanges(
  webhookId: string,
  sent: SentCredentials | undefined,
  previous: WebhookRecord | undefined,
  { vault, now }: { readonly vault: Pick<Vault, "sealText">; readonly now: () => number },
): Promise<Changes> {
  const auth = authFrom(sent?.auth, previous, newId);
  const certificate = certificateFrom(sent?.clientCertificate, previous, newId, now());
  const seal = async (purpose: "auth" | "client-key", secret: string | undefined) =>
    secret === undefined ? undefined : vault.sealText(webhookId, purpose, secret);
  return {
    ...(auth && { auth: auth.setting }),
    ...(auth && !keepsSecret(auth) && { sealedAuth: await seal("auth", auth.secret) }),
    ...(certificate && { clientCertificate: certificate.setting }),
    ...(certificate &&
      !keepsSecret(certificate) && {
        sealedClientKey: await seal("client-key", certificate.secret),
      }),
  };
}

function keepsSecret({ setting, secret }: SecretChange<unknown>): boolean {
  return setting !== undefined && secret === undefined;
}

function newId(): string {
  return randomBytes(9).toString("base64url");
}
