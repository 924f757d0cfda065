import { createHmac } from "node:crypto";
import { secretKeyBytes } from "../webhooks/webhook-secret.ts";

export interface SignedContent {
  /** The new secret first; two of them while a rotation's grace lasts. */
  secrets: readonly string[];
  /** The messageId: the value of `webhook-id`. */
  id: string;
  timestampSeconds: number;
  body: Uint8Array;
}

/** The value of `webhook-signature` as Standard Webhooks 1.0.0 defines it. */
export function standardSignature({ secrets, id, timestampSeconds, body }: SignedContent): string {
  return secrets
    .map((secret) => {
      const hmac = createHmac("sha256", secretKeyBytes(secret));
      return `v1,${hmac.update(`${id}.${timestampSeconds}.`).update(body).digest("base64")}`;
    })
    .join(" ");
}

/** The value of `momento-signature`: keyed with the secret's text as it stands, prefix included. */
export function momentoSignature(secret: string, body: Uint8Array): string {
  return createHmac("sha3-256", secret).update(body).digest("hex");
}
