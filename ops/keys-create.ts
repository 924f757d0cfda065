import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import * as z from "zod/mini";
import { CacheName } from "../shared/contract/names.ts";
import { mintApiKey, parseApiKey } from "../shared/domain/api-key.ts";
import { mintUlid } from "../shared/domain/ids.ts";
import { openApiKeyStore } from "../shared/store/api-key-store.ts";

const Permissions = z.array(z.enum(["read", "manage", "publish"])).check(z.minLength(1));
const Caches = z.array(z.union([z.literal("*"), CacheName])).check(z.minLength(1));
const Days = z.optional(z.int().check(z.minimum(1)));

/** Makes a key and prints it: the only time that anyone sees it. */
export async function createKey(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string", default: "unnamed" },
      caches: { type: "string", default: "*" },
      permissions: { type: "string", default: "read,manage,publish" },
      days: { type: "string" },
      quiet: { type: "boolean", default: false },
    },
  });
  const caches = checked(Caches, "--caches", values.caches.split(","));
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

function checked<T>(schema: z.core.$ZodType<T>, option: string, value: unknown): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new Error(`${option}: ${String(value)} is not valid`);
}
