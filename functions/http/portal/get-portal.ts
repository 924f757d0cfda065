import {
  type Portal,
  getPortal as route,
} from "../../../shared/contract/operations/portal/get-portal.ts";
import { isoTime } from "../../../shared/contract/values/time.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openPortalSessionStore,
  type PortalSessionStore,
} from "../../../shared/store/secrets/portal-session-store.ts";

interface Deps {
  readonly sessions: Pick<PortalSessionStore, "find">;
  readonly portalOrigins: string[];
}

/** The session is read anew: the authorizer's answer has no room for a logo, and is remembered. */
export async function getPortal(
  { caller }: Input<typeof route>,
  { sessions, portalOrigins }: Deps,
): Promise<Portal> {
  const session = await sessions.find(caller.keyId);
  if (!session) throw new AppError("PERMISSION_ERROR", "this portal session has ended");
  const { cacheName, permissions, topics, audience, theme, locale, returnUrl } = session;
  return {
    sessionId: session.keyId,
    cacheName,
    permissions,
    ...(topics && { topics }),
    ...(audience !== undefined && { audience }),
    ...(theme && { theme }),
    ...(locale !== undefined && { locale }),
    ...(returnUrl !== undefined && { returnUrl }),
    expiresTime: isoTime(session.expiresAt * 1000),
    portalOrigins,
  };
}

export const handler = endpoint(route, getPortal, () => ({
  sessions: openPortalSessionStore(),
  portalOrigins: readEnv("PORTAL_ORIGINS").PORTAL_ORIGINS,
}));
