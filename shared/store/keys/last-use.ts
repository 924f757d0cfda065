import { setTimeout as wait } from "node:timers/promises";
import { log } from "../../runtime/logger.ts";
import type { ApiKeyRecord, ApiKeyStore } from "./api-key-store.ts";

/** Notes that a key was used. Never fails. */
export type NoteUse = (key: ApiKeyRecord, nowMs: number) => Promise<void>;

const hourMs = 3_600_000;

/**
 * Writes a key's last use at most once an hour from this environment: what others wrote lies in another row
 * than the key's, and to read it would cost a call. It is waited for,
 * since Lambda may freeze what goes on after the answer and a rare use would go unnoticed; but not for
 * long, since nobody's request depends on it.
 */
export function openLastUse(keys: Pick<ApiKeyStore, "noteUse">, patienceMs = 100): NoteUse {
  const noted = new Map<string, number>();
  return async (key, nowMs) => {
    const { keyId } = key;
    if (nowMs - (noted.get(keyId) ?? 0) < hourMs) return;
    noted.set(keyId, nowMs);
    const written = keys.noteUse(key, nowMs).catch(() => log("warn", "key.use-unnoted", { keyId }));
    const given = new AbortController();
    const upTo = wait(patienceMs, undefined, { signal: given.signal }).catch(() => undefined);
    await Promise.race([written, upTo]);
    given.abort();
  };
}
