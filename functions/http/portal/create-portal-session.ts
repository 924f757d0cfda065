import { randomBytes } from "node:crypto";
import {
  type CreatePortalSessionResponse,
  createPortalSession as route,
} from "../../../shared/contract/operations/portal/create-portal-session.ts";
import { isoTime } from "../../../shared/contract/values/time.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import { mintPortalToken, parsePortalToken } from "../../../shared/domain/portal-token.ts";
import { enforceScope } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openPortalSessionStore,
  type PortalSessionRecord,
  type PortalSessionStore,
} from "../../../shared/store/secrets/portal-session-store.ts";

interface Deps {
  readonly sessions: Pick<PortalSessionStore, "put">;
  readonly consoleUrl: string | undefined;
  readonly now: () => number;
}

const usualPermissions: PortalSessionRecord["permissions"] = ["read", "manage"];
const usualSeconds = 3_600;

/** What its creator's key may do is looked at here and never again; that there is the key, with each request. */
export async function createPortalSession(
  { params: { cacheName }, body = {}, caller }: Input<typeof route>,
  { sessions, consoleUrl, now }: Deps,
): Promise<CreatePortalSessionResponse> {
  const {
    permissions = usualPermissions,
    topics,
    expiresInSeconds = usualSeconds,
    ...settings
  } = body;
  for (const permission of permissions) enforceScope(caller, permission, cacheName);
  const nowMs = now();
  const sessionId = mintId("ses", nowMs, randomBytes(10));
  const token = mintPortalToken({ sessionId, keyId: caller.keyId }, randomBytes(32));
  const expiresAt = Math.floor(nowMs / 1000) + expiresInSeconds;
  await sessions.put({
    v: 1,
    keyId: sessionId,
    hash: parsePortalToken(token)?.hash ?? "",
    cacheName,
    permissions: [...new Set(permissions)],
    ...(topics && { topics: [...new Set(topics)] }),
    ...settings,
    createdBy: caller.keyId,
    createdTimeMs: nowMs,
    expiresAt,
  });
  const expiresTime = isoTime(expiresAt * 1000);
  return { sessionId, token, url: urlOf(token, consoleUrl), expiresTime };
}

/** The portal lies beside the console. What stands in a fragment is sent to no server, and not in a `Referer`. */
function urlOf(token: string, consoleUrl: string | undefined): string | null {
  return consoleUrl === undefined ? null : `${new URL("/portal/", consoleUrl)}#token=${token}`;
}

export const handler = endpoint(route, createPortalSession, () => ({
  sessions: openPortalSessionStore(),
  consoleUrl: readEnv("CONSOLE_URL").CONSOLE_URL,
  now: Date.now,
}));
