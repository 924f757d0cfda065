import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { allows, type Permission } from "../contract/permission.ts";
import { allCaches, cacheOfScope, scopeOf } from "../domain/api-key.ts";
import { AppError } from "../domain/app-error.ts";
import { isInScope, type TopicScope } from "../domain/topics.ts";

/** What the authorizer puts in its context; API Gateway carries strings only. */
const AuthorizerContext = z.object({
  keyId: z.string(),
  caches: z.string(),
  permissions: z.string(),
  /** These are there for portal sessions alone. An empty list of topics is every topic. */
  expiresAt: z.optional(z.string()),
  topics: z.optional(z.string()),
  audience: z.optional(z.string()),
});

/** Who calls: the key's id and what it may do; its caches as `scopeOf` writes them. */
export interface Caller {
  /** Of a portal session, the session's id. */
  readonly keyId: string;
  readonly caches: readonly string[];
  readonly permissions: readonly string[];
  /** What narrows it, where it is a portal session and no key. */
  readonly session?: PortalScope;
}

export interface PortalScope extends TopicScope {
  /** Which event types it is shown; it hides the others and protects nothing. */
  readonly audience?: string | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** No cache and no topic may be named with a slash, so one separates them. */
export function callerContext(caller: Caller): z.infer<typeof AuthorizerContext> {
  const { session } = caller;
  return {
    keyId: caller.keyId,
    caches: caller.caches.join("/"),
    permissions: caller.permissions.join("/"),
    ...(session && {
      expiresAt: String(session.expiresAt),
      topics: session.topics?.join("/") ?? "",
      ...(session.audience !== undefined && { audience: session.audience }),
    }),
  };
}

export function readCaller(context: unknown): Caller {
  const read = z.parse(AuthorizerContext, context);
  const { keyId, expiresAt, topics, audience } = read;
  const caller = {
    keyId,
    caches: read.caches.split("/"),
    permissions: read.permissions.split("/"),
  };
  if (expiresAt === undefined) return caller;
  const named = topics === "" ? undefined : (topics ?? "").split("/");
  return { ...caller, session: { topics: named, audience, expiresAt: Number(expiresAt) } };
}

/** What lies in a cache, below a topic: a webhook, a message, a delivery. */
export interface InTopic {
  readonly cacheName: string;
  readonly topicName: string;
}

/** Whether it exists for this caller at all: the one place that decides that. */
export function sees(caller: Caller, { cacheName, topicName }: InTopic): boolean {
  return covers(caller, cacheName) && seesTopic(caller, topicName);
}

/** A key sees every topic of its caches, and a portal session its own. */
export function seesTopic({ session }: Caller, topicName: string): boolean {
  return !session || isInScope(session, topicName);
}

/** Of what lies in the cache a portal session may see but a part: ask `sees`. */
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

/** What a caller writes below a topic must be for a topic of its own. */
export function enforceTopic(caller: Caller, topicName: string): void {
  if (seesTopic(caller, topicName)) return;
  throw new AppError(
    "PERMISSION_ERROR",
    `this portal session does not cover the topic ${topicName}`,
  );
}

/** Who a quota is counted for. Sessions are made as often as a page is opened, so those of a cache have one together. */
export function quotaHolder({ keyId, caches, session }: Caller): string {
  return session ? `portal/${caches.join("/")}` : keyId;
}

/** What concerns a tenant as a whole is not for the tenant's own keys. */
export function enforceAllCaches(caller: Caller): void {
  if (caller.caches.includes(allCaches)) return;
  throw new AppError("PERMISSION_ERROR", "this needs a key for all caches");
}
