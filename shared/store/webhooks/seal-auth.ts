import { randomBytes } from "node:crypto";
import type { DestinationAuth } from "../../contract/values/destination-auth.ts";
import { authFrom } from "../../domain/webhooks/auth-settings.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Vault } from "../secrets/vault.ts";

type Changes = Partial<Pick<WebhookRecord, "auth" | "sealedAuth">>;

/** What a request changes of the webhook's auth: nothing where it says nothing. */
export async function authChanges(
  webhookId: string,
  sent: DestinationAuth | null | undefined,
  previous: WebhookRecord | undefined,
  vault: Pick<Vault, "sealText">,
): Promise<Changes> {
  const change = authFrom(sent, previous, () => randomBytes(9).toString("base64url"));
  if (!change) return {};
  const { auth, secret } = change;
  if (!auth) return { auth: undefined, sealedAuth: undefined };
  if (secret === undefined) return { auth };
  return { auth, sealedAuth: await vault.sealText(webhookId, "auth", secret) };
}
