import { signal } from "@preact/signals";
import type { ResponseOf } from "../../client/operations.ts";
import { connection, hookcast } from "../../console/state/hookcast.ts";
import type { Permission } from "../../shared/contract/permission.ts";
import { chooseLanguage } from "../language/language.ts";
import { renew } from "./connect.ts";
import { trustHost } from "./embedding.ts";
import { applyTheme } from "./theme.ts";

export type Portal = ResponseOf<"getPortal">;

/** Who this page is for, and what they may do; undefined until the service has said so. */
export const portal = signal<Portal | undefined>(undefined);

/** Whether the session allows it: what it does not allow is not offered. */
export function may(permission: Permission): boolean {
  const { permissions = [] } = portal.value ?? {};
  const implied = permission === "resend" || permission === "secret";
  return permissions.some((one) => one === permission || (implied && one === "manage"));
}

/** The customer's cache. */
export function cacheName(): string {
  if (!portal.value) throw new Error("there is no session");
  return portal.value.cacheName;
}

/** So long before the end another token is asked for, so that nobody meets it. */
const beforeEndMs = 60_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reads what the session is, makes the page look as it says, and has it renewed in time. */
export async function openSession(): Promise<void> {
  const session = await hookcast().getPortal({});
  trustHost(session.portalOrigins);
  chooseLanguage(session.locale);
  applyTheme(session.theme);
  portal.value = session;
  clearTimeout(timer);
  const leftMs = Date.parse(session.expiresTime) - Date.now() - beforeEndMs;
  if (leftMs > 0) timer = setTimeout(prolong, leftMs);
}

/** Without another token the last minute can still be used. */
async function prolong(): Promise<void> {
  const isConnected = connection.peek() !== undefined && (await renew());
  if (isConnected) await openSession().catch(() => undefined);
}
