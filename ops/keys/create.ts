import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import * as z from "zod/mini";
import { permissions as permissionNames } from "../../shared/contract/permission.ts";
import { CacheName } from "../../shared/contract/values/names.ts";
import { allCaches, mintApiKey, parseApiKey, scopeOf } from "../../shared/domain/api-key.ts";
import { mintUlid } from "../../shared/domain/ids.ts";
import { openApiKeyStore } from "../../shared/store/secrets/api-key-store.ts";

const Permissions = z.array(z.enum(permissionNames)).check(z.minLength(1));
const Days = z.optional(z.int().check(z.minimum(1)));

/** Makes a key and prints it: the only time that anyone sees it. */
export async function createKey(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string", default: "unnamed" },
      cache: { type: "string", multiple: true, default: [] },
      "all-caches": { type: "boolean", default: false },
      permissions: { type: "string", default: "read,manage,publish" },
      days: { type: "string" },
      quiet: { type: "boolean", default: false },
    },
  });
  const caches = cachesOf(values.cache, values["all-caches"]);
  const permissions = checked(Permissions, "--permissions", values.permissions.split(","));
  const days = checked(Days, "--days", values.days === undefined ? undefined : Number(values.days));

  const nowMs = Date.now();
  const key = mintApiKey(mintUlid(nowMs, randomBytes(10)), randomBytes(32));
  const parsed = parseApiKey(key);
  if (!parsed) throw new Error("a key was made that does not parse");
  await openApiKeyStore().put({
    v: 1,
    ...parsed,
    name: values.name,
    caches,
    permissions,
    createdTimeMs: nowMs,
    ...(days !== undefined && { expiresAt: Math.floor(nowMs / 1000) + days * 86_400 }),
  });
  console.log(values.quiet ? key : `${parsed.keyId} ${key}\nThis key is not shown again.`);
}

/** A cache may be called anything that a name may be, `*` and `a,b` too: so each is an argument of its own. */
function cachesOf(names: readonly string[], areAll: boolean): string[] {
  if (areAll === names.length > 0) {
    throw new Error("say which caches the key covers: --cache <name> for each, or --all-caches");
  }
  if (areAll) return [allCaches];
  return names.map((name) => scopeOf(checked(CacheName, "--cache", name)));
}

function checked<T>(schema: z.core.$ZodType<T>, option: string, value: unknown): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new Error(`${option}: ${String(value)} is not valid`);
}
