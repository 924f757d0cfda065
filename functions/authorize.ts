import { timingSafeEqual } from "node:crypto";
import { type ParsedApiKey, parseApiKey, scopeOf } from "../shared/domain/api-key.ts";
import { type ParsedPortalToken, parsePortalToken } from "../shared/domain/portal-token.ts";
import { type Caller, callerContext } from "../shared/runtime/caller.ts";
import { measure, writeMetrics } from "../shared/runtime/logger.ts";
import {
  type ApiKeyRecord,
  type ApiKeyStore,
  type NoteUse,
  openApiKeyStore,
  openLastUse,
} from "../shared/store/secrets/api-key-store.ts";
import { type FindGrant, openSessionGrants } from "../shared/store/secrets/session-grant.ts";

interface Deps {
  readonly apiKeys: Pick<ApiKeyStore, "find">;
  /** Without it, no portal session is let in. */
  readonly findGrant?: FindGrant;
  readonly noteUse: NoteUse;
  readonly now: () => number;
}

interface Request {
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export type Decision =
  | { isAuthorized: false }
  | { isAuthorized: true; context: ReturnType<typeof callerContext> };

type Reason = "malformed" | "unknown" | "expired";

/**
 * Tells who calls, never what they may reach: API Gateway caches the decision by key alone, so the
 * functions compare the key's scope with the path.
 */
export async function authorize({ headers }: Request, deps: Deps): Promise<Decision> {
  const text = /^Bearer +(\S+)$/i.exec(headers?.authorization ?? "")?.[1] ?? "";
  const key = parseApiKey(text);
  const token = key ? undefined : parsePortalToken(text);
  const { findGrant, now } = deps;
  let found: Caller | Reason = "malformed";
  if (key) found = await callerOfKey(key, deps);
  else if (token && findGrant) found = await callerOfSession(token, findGrant, now());
  return typeof found === "string" ? deny(found) : allow(found);
}

async function callerOfKey(
  { keyId, hash }: ParsedApiKey,
  { apiKeys, noteUse, now }: Deps,
): Promise<Caller | Reason> {
  const record = await apiKeys.find(keyId);
  if (!record || !sameHash(hash, record.hash)) return "unknown";
  const nowMs = now();
  if (isOver(record, nowMs)) return "expired";
  await noteUse(record, nowMs);
  return record;
}

/** A session ends with the key that made it: whoever revokes a leaked key ends what was made with it. */
async function callerOfSession(
  { sessionId, keyId, hash }: ParsedPortalToken,
  findGrant: FindGrant,
  nowMs: number,
): Promise<Caller | Reason> {
  const { session, key } = await findGrant(sessionId, keyId);
  if (!session || !sameHash(hash, session.hash)) return "unknown";
  if (!key || isRevoked(key)) return "unknown";
  if (isOver(session, nowMs) || isOver(key, nowMs)) return "expired";
  const { cacheName, permissions, topics, audience, expiresAt } = session;
  return {
    keyId: sessionId,
    caches: [scopeOf(cacheName)],
    permissions,
    session: { topics, audience, expiresAt },
  };
}

function isRevoked({ hash }: ApiKeyRecord): boolean {
  return hash === "";
}

/** DynamoDB deletes rows some time after they are over. */
function isOver(
  { expiresAt }: { readonly expiresAt?: number | undefined },
  nowMs: number,
): boolean {
  return expiresAt !== undefined && expiresAt * 1000 <= nowMs;
}

function allow({ keyId, caches, permissions, session }: Caller): Decision {
  return {
    isAuthorized: true,
    context: callerContext({ keyId, caches, permissions, ...(session && { session }) }),
  };
}

function deny(reason: Reason): Decision {
  measure("Denied", 1, { reason });
  return { isAuthorized: false };
}

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

let deps: Deps | undefined;

export async function handler(request: Request): Promise<Decision> {
  deps ??= { ...openAuthorizeDeps(), findGrant: openSessionGrants() };
  try {
    return await authorize(request, deps);
  } finally {
    writeMetrics();
  }
}

export function openAuthorizeDeps(): Deps {
  const apiKeys = openApiKeyStore();
  return { apiKeys, noteUse: openLastUse(apiKeys), now: Date.now };
}
