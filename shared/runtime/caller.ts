import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { allows, type Permission } from "../contract/permission.ts";
import { allCaches, cacheOfScope, scopeOf } from "../domain/api-key.ts";
import { AppError } from "../domain/app-error.ts";

/** What the authorizer puts in its context; API Gateway carries strings only. */
const AuthorizerContext = z.object({
  keyId: z.string(),
  caches: z.string(),
  permissions: z.string(),
});

/** Who calls: the key's id and what it may do; its caches as `scopeOf` writes them. */
export interface Caller {
  readonly keyId: string;
  readonly caches: readonly string[];
  readonly permissions: readonly string[];
}

/** No cache may be named with a slash, so one separates them. */
export function callerContext(caller: Caller): z.infer<typeof AuthorizerContext> {
  return {
    keyId: caller.keyId,
    caches: caller.caches.join("/"),
    permissions: caller.permissions.join("/"),
  };
}

export function readCaller(context: unknown): Caller {
  const { keyId, caches, permissions } = z.parse(AuthorizerContext, context);
  return { keyId, caches: caches.split("/"), permissions: permissions.split("/") };
}

export function covers(caller: Caller, cacheName: string): boolean {
  return caller.caches.includes(allCaches) || caller.caches.includes(scopeOf(cacheName));
}

/** Whether it is shown secrets, header values and whole URLs. */
export function seesSecrets({ permissions }: Caller): boolean {
  return allows(permissions, "secret");
}

/** The names of the caches that the caller's key covers, as DynamoDB sorts them; undefined where it covers all. */
export function cachesOf({ caches }: Caller): string[] | undefined {
  if (caches.includes(allCaches)) return undefined;
  return caches.map(cacheOfScope).sort(inByteOrder);
}

/** UTF-8's order; `<` compares UTF-16, which puts the characters beyond 65,535 elsewhere. */
export function inByteOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/**
 * Names the caches that a list over several of them is about. A cursor is bound to it: one that a key of other
 * caches was given is refused.
 */
export function scopeName({ caches }: Caller): string {
  return createHash("sha256").update(caches.toSorted().join("/")).digest("base64url").slice(0, 16);
}

/**
 * Checked here and not in the authorizer: API Gateway caches the authorizer's answer by key alone, so an
 * answer that looked at the path would let a key in by a path it was never checked against.
 */
export function enforceScope(caller: Caller, permission: Permission, cacheName?: string): void {
  if (!allows(caller.permissions, permission)) {
    throw new AppError("PERMISSION_ERROR", `this key lacks the permission ${permission}`);
  }
  if (cacheName !== undefined && !covers(caller, cacheName)) {
    throw new AppError("PERMISSION_ERROR", `this key does not cover the cache ${cacheName}`);
  }
}

/** What concerns a tenant as a whole is not for the tenant's own keys. */
export function enforceAllCaches(caller: Caller): void {
  if (caller.caches.includes(allCaches)) return;
  throw new AppError("PERMISSION_ERROR", "this needs a key for all caches");
}
