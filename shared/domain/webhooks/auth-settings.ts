import type { DestinationAuth } from "../../contract/values/destination-auth.ts";
import { AppError } from "../app-error.ts";
import { mask } from "./masking.ts";
import type { StoredAuth, WebhookRecord } from "./webhook-record.ts";

/** What a webhook has from now on: no secret where the stored one stays. */
export interface AuthChange {
  readonly auth: StoredAuth | undefined;
  readonly secret: string | undefined;
}

/**
 * What a request makes of a webhook's auth; undefined where it says nothing. A secret that was hidden stays, if there is
 * one of that kind, and if it goes to whom it went before.
 */
export function authFrom(
  sent: DestinationAuth | null | undefined,
  previous: Pick<WebhookRecord, "auth"> | undefined,
  newId: () => string,
): AuthChange | undefined {
  if (sent === undefined) return undefined;
  if (sent === null) return { auth: undefined, secret: undefined };
  const { field, secret, auth } = partsOf(sent, newId());
  if (secret !== mask) return { auth, secret };
  const before = previous?.auth;
  if (before?.type !== auth.type) {
    throw refused(field, `is ${mask}, and there is no stored one to keep`);
  }
  if (originOf(before) !== originOf(auth)) {
    throw refused(field, "must be sent, since tokenUrl leads to another server");
  }
  const isSame = settingsIn(before) === settingsIn(auth);
  return { auth: isSame ? before : auth, secret: undefined };
}

interface Parts {
  readonly field: string;
  readonly secret: string;
  readonly auth: StoredAuth;
}

function partsOf(sent: DestinationAuth, id: string): Parts {
  switch (sent.type) {
    case "basic": {
      const { password: secret, ...settings } = sent;
      return { field: "password", secret, auth: { id, ...settings } };
    }
    case "bearer": {
      const { token: secret, ...settings } = sent;
      return { field: "token", secret, auth: { id, ...settings } };
    }
    case "oauth2": {
      const { clientSecret: secret, ...settings } = sent;
      return { field: "clientSecret", secret, auth: { id, ...settings } };
    }
  }
}

/** Where the secret goes, besides the webhook's own receiver. */
function originOf(auth: StoredAuth): string | undefined {
  return auth.type === "oauth2" ? new URL(auth.tokenUrl).origin : undefined;
}

function settingsIn({ id: _own, ...settings }: StoredAuth): string {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return JSON.stringify(given.sort());
}

function refused(field: string, message: string): AppError {
  const path = `config.auth.${field}`;
  return new AppError("INVALID_ARGUMENT_ERROR", `${path} ${message}`, {
    details: [{ path, message }],
  });
}
