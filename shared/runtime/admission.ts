import type { Route } from "../contract/route.ts";
import { AppError } from "../domain/app-error.ts";
import { type Caller, enforceAllCaches, enforceScope, seesTopic } from "./caller.ts";

/** What a path names. */
interface Named {
  readonly cacheName: string | undefined;
  readonly topicName: string | undefined;
}

/** Lets a caller at an operation, or throws. What it finds there, `sees` decides. */
export function admit(route: Route, caller: Caller, named: Named, nowMs: number): void {
  const { permission } = route;
  if (permission === null) return;
  if (caller.session) admitSession(route, caller.session.expiresAt, nowMs);
  if (permission !== "session") enforceScope(caller, permission, named.cacheName);
  else if (!caller.session) throw forbidden("this is for portal sessions, and takes no key");
  if (route.needsAllCaches) enforceAllCaches(caller);
  if (named.topicName !== undefined && !seesTopic(caller, named.topicName)) {
    throw new AppError("NOT_FOUND_ERROR", `there is no topic ${named.topicName}`);
  }
}

/** The gateway remembers the authorizer's answer, also past the session's end. */
function admitSession({ portal }: Route, expiresAt: number, nowMs: number): void {
  if (expiresAt * 1000 <= nowMs) throw forbidden("this portal session has expired");
  if (portal === "closed") throw forbidden("a portal session may not do this");
}

function forbidden(message: string): AppError {
  return new AppError("PERMISSION_ERROR", message);
}
