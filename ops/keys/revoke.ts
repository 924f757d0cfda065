import { parseArgs } from "node:util";
import { parseApiKey } from "../../shared/domain/api-key.ts";
import { isId } from "../../shared/domain/ids.ts";
import { parsePortalToken } from "../../shared/domain/portal-token.ts";
import { openApiKeyStore } from "../../shared/store/secrets/api-key-store.ts";
import { openPortalSessionStore } from "../../shared/store/secrets/portal-session-store.ts";

/** Revokes a key or ends a portal session, given by its id or by itself: a leaked key is often all that is known of it. */
export async function revokeKey(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [given = "", ...others] = positionals;
  const sessionId = isId("ses", given) ? given : parsePortalToken(given)?.sessionId;
  if (sessionId && others.length === 0) return endSession(sessionId);
  const keyId = isId("key", given) ? given : parseApiKey(given)?.keyId;
  if (!keyId || others.length > 0) throw new Error("revoke takes one key id (key_…) or one key");
  if (!(await openApiKeyStore().revoke(keyId, Date.now()))) throw new Error(`no key ${keyId}`);
  console.log(
    `${keyId} is revoked, and the portal sessions that it made end with it.\n${remembered("key")}`,
  );
}

/** A leaked token is all that is known of its session. */
async function endSession(sessionId: string): Promise<void> {
  const sessions = openPortalSessionStore();
  const session = await sessions.find(sessionId);
  if (!session || !(await sessions.remove(session.cacheName, sessionId))) {
    throw new Error(`no portal session ${sessionId}`);
  }
  console.log(`${sessionId} is ended.\n${remembered("token")}`);
}

function remembered(what: string): string {
  return `The gateway remembers the authorizer's answers, so the ${what} may still work for authorizerCacheSeconds
(a setting of the stack, default: 60).`;
}
