import { parseArgs } from "node:util";
import { parseApiKey } from "../../shared/domain/api-key.ts";
import { isId } from "../../shared/domain/ids.ts";
import { openApiKeyStore } from "../../shared/store/secrets/api-key-store.ts";

/** Revokes a key, given by its id or by itself: a leaked key is often all that is known of it. */
export async function revokeKey(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [given = "", ...others] = positionals;
  const keyId = isId("key", given) ? given : parseApiKey(given)?.keyId;
  if (!keyId || others.length > 0) throw new Error("revoke takes one key id (key_…) or one key");
  if (!(await openApiKeyStore().revoke(keyId, Date.now()))) throw new Error(`no key ${keyId}`);
  console.log(`${keyId} is revoked.
The gateway remembers the authorizer's answers, so the key may still work for authorizerCacheSeconds
(a setting of the stack, default: 60).`);
}
