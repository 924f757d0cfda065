import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { SessionId } from "../../values/ids.ts";
import { CacheName } from "../../values/names.ts";

export const deletePortalSession = {
  id: "deletePortalSession",
  method: "DELETE",
  path: "/api/v1/caches/{cacheName}/portal-sessions/{sessionId}",
  tag: "portal",
  permission: "manage",
  portal: "closed",
  params: z.object({ cacheName: CacheName, sessionId: SessionId }),
  statuses: [200],
  refusals: [404],
  response: z.object({}),
  summary: "End a portal session",
  description:
    "The session's token is refused from then on. The gateway remembers it for " +
    "authorizerCacheSeconds at most, by default a minute.",
  example: { response: {} },
} as const satisfies Route;
