import { randomBytes } from "node:crypto";
import type { Permission } from "../../../shared/contract/permission.ts";
import { mintApiKey, parseApiKey } from "../../../shared/domain/api-key.ts";
import { mintUlid } from "../../../shared/domain/ids.ts";
import { openApiKeyStore } from "../../../shared/store/secrets/api-key-store.ts";
import { startFile } from "../../support/process/program.ts";

interface KeyWish {
  /** All of them, where none is named. */
  caches?: string[];
  permissions?: Permission[];
}

/** Makes an API key as an operator does. */
export async function makeKey(
  operatorEnv: Record<string, string>,
  { caches, permissions = ["read", "manage", "publish"] }: KeyWish,
): Promise<string> {
  const scope = caches?.flatMap((cache) => ["--cache", cache]) ?? ["--all-caches"];
  const may = ["--permissions", permissions.join(",")];
  const args = ["create", "--name", "contract", ...scope, ...may, "--quiet"];
  await using program = startFile("ops/keys.ts", args, operatorEnv);
  const exitCode = await program.exited;
  if (exitCode !== 0) throw new Error(`no key was made: ${program.stderr()}`);
  return program.stdout().trim();
}

/** Stores a key whose time was up a second ago, as no operator can. */
export async function makeExpiredKey(operatorEnv: Record<string, string>): Promise<string> {
  const { ApiKeysTable = "", ...aws } = operatorEnv;
  Object.assign(process.env, aws, { API_KEYS_TABLE: ApiKeysTable });
  const nowMs = Date.now();
  const key = mintApiKey(mintUlid(nowMs, randomBytes(10)), randomBytes(32));
  const { keyId = "", hash = "" } = parseApiKey(key) ?? {};
  await openApiKeyStore().put({
    v: 1,
    keyId,
    hash,
    name: "expired",
    caches: ["*"],
    permissions: ["read"],
    createdTimeMs: nowMs,
    expiresAt: Math.floor(nowMs / 1000) - 1,
  });
  return key;
}
