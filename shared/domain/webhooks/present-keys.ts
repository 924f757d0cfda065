import { createHash } from "node:crypto";
import type { PublicKeys } from "../../contract/operations/webhooks/get-public-keys.ts";
import { isoTime } from "../../contract/values/time.ts";
import { base64url, isPreviousInForce, type SigningKeysRecord } from "./signing-keys.ts";

/** The keys as anybody may see them, the newest first; none of a cache that has none. */
export function presentKeys(record: SigningKeysRecord | undefined, nowMs: number): PublicKeys {
  if (!record) return { keys: [] };
  const { publicKey, previousPublicKey, previousUntilMs = 0 } = record;
  const current = presentKey(publicKey);
  if (previousPublicKey === undefined || !isPreviousInForce(record, nowMs)) {
    return { keys: [current] };
  }
  const previous = { ...presentKey(previousPublicKey), expiresTime: isoTime(previousUntilMs) };
  return { keys: [current, previous] };
}

function presentKey(publicKey: string): PublicKeys["keys"][number] {
  const x = base64url(publicKey);
  // RFC 7638: the members that make the key, in the order of their names.
  const members = JSON.stringify({ crv: "Ed25519", kty: "OKP", x });
  const kid = createHash("sha256").update(members).digest("base64url");
  return {
    kty: "OKP",
    crv: "Ed25519",
    x,
    kid,
    use: "sig",
    alg: "EdDSA",
    whpk: `whpk_${publicKey}`,
  };
}
