import { timingSafeEqual } from "node:crypto";
import { parseApiKey } from "../shared/domain/api-key.ts";
import { callerContext } from "../shared/runtime/caller.ts";
import { measure, writeMetrics } from "../shared/runtime/logger.ts";
import {
  type ApiKeyStore,
  type NoteUse,
  openApiKeyStore,
  openLastUse,
} from "../shared/store/secrets/api-key-store.ts";

interface Deps {
  readonly apiKeys: Pick<ApiKeyStore, "find">;
  readonly noteUse: NoteUse;
  readonly now: () => number;
}

interface Request {
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export type Decision =
  | { isAuthorized: false }
  | { isAuthorized: true; context: ReturnType<typeof callerContext> };

/**
 * Tells who calls, never what they may reach: API Gateway caches the decision by key alone, so the
 * functions compare the key's scope with the path.
 */
export async function authorize(
  { headers }: Request,
  { apiKeys, noteUse, now }: Deps,
): Promise<Decision> {
  const key = parseApiKey(/^Bearer +(\S+)$/i.exec(headers?.authorization ?? "")?.[1] ?? "");
  if (!key) return deny("malformed");
  const record = await apiKeys.find(key.keyId);
  if (!record || !sameHash(key.hash, record.hash)) return deny("unknown");
  const nowMs = now();
  if (record.expiresAt !== undefined && record.expiresAt * 1000 <= nowMs) return deny("expired");
  await noteUse(record, nowMs);
  return { isAuthorized: true, context: callerContext(record) };
}

function deny(reason: "malformed" | "unknown" | "expired"): Decision {
  measure("Denied", 1, { reason });
  return { isAuthorized: false };
}

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

let deps: Deps | undefined;

export async function handler(request: Request): Promise<Decision> {
  deps ??= openAuthorizeDeps();
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
