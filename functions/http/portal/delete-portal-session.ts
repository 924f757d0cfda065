import { deletePortalSession as route } from "../../../shared/contract/operations/portal/delete-portal-session.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openPortalSessionStore,
  type PortalSessionStore,
} from "../../../shared/store/secrets/portal-session-store.ts";

interface Deps {
  readonly sessions: Pick<PortalSessionStore, "remove">;
}

/** Any key that may manage the cache ends its sessions, whichever key made them. */
export async function deletePortalSession(
  { params: { cacheName, sessionId } }: Input<typeof route>,
  { sessions }: Deps,
): Promise<Record<string, never>> {
  if (await sessions.remove(cacheName, sessionId)) return {};
  throw new AppError("NOT_FOUND_ERROR", `there is no portal session ${sessionId}`);
}

export const handler = endpoint(route, deletePortalSession, () => ({
  sessions: openPortalSessionStore(),
}));
