import type { DestinationAuth } from "../../contract/values/destination-auth.ts";
import { invalidArgument } from "../app-error.ts";
import { type SecretChange, type SentSetting, secretChange } from "./secret-change.ts";
import type { StoredAuth, WebhookRecord } from "./webhook-record.ts";

/** What a request makes of a webhook's auth. A hidden secret stays for the same kind, and goes to whom it went before. */
export function authFrom(
  sent: DestinationAuth | null | undefined,
  previous: Pick<WebhookRecord, "auth"> | undefined,
  newId: () => string,
): SecretChange<StoredAuth> | undefined {
  const before = previous?.auth?.type === sent?.type ? previous?.auth : undefined;
  return secretChange(sent, before, (auth) => partsOf(auth, newId()), assertSameServer);
}

function partsOf(sent: DestinationAuth, id: string): SentSetting<StoredAuth> {
  switch (sent.type) {
    case "basic": {
      const { password: secret, ...settings } = sent;
      return { path: "config.auth.password", secret, setting: { id, ...settings } };
    }
    case "bearer": {
      const { token: secret, ...settings } = sent;
      return { path: "config.auth.token", secret, setting: { id, ...settings } };
    }
    case "oauth2": {
      const { clientSecret: secret, ...settings } = sent;
      return { path: "config.auth.clientSecret", secret, setting: { id, ...settings } };
    }
  }
}

function assertSameServer(before: StoredAuth, next: StoredAuth): void {
  if (originOf(before) === originOf(next)) return;
  const message = "must be sent, since tokenUrl leads to another server";
  throw invalidArgument("config.auth.clientSecret", message);
}

/** Where the secret goes, besides the webhook's own receiver. */
function originOf(auth: StoredAuth): string | undefined {
  return auth.type === "oauth2" ? new URL(auth.tokenUrl).origin : undefined;
}
