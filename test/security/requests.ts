import * as z from "zod/mini";
import type { Route } from "../../shared/contract/route.ts";
import { type OperationId, routes } from "../../shared/contract/routes.ts";

/** Every operation that needs a key. */
export const guarded = Object.keys(routes).filter(isGuarded);

function isGuarded(operationId: string): operationId is OperationId {
  const { permission } = routes[operationId as OperationId]; // Object.keys forgets the literal keys
  return permission !== null && permission !== "session";
}

export function routeOf(operationId: OperationId): Route {
  return routes[operationId];
}

export function parametersIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** What the operation takes in its query. */
export function queryNames(operationId: OperationId): string[] {
  const { query } = routeOf(operationId);
  return query instanceof z.core.$ZodObject ? Object.keys(query._zod.def.shape) : [];
}

/** The path with its parameters; one that nobody gave a value is an error, not an empty segment. */
export function pathWith(path: string, params: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`no value is known for {${name}} of ${path}`);
    return encodeURIComponent(value);
  });
}

/** A body that the operation takes: the contract's own example, with this cache's names in it. */
export function bodyFor(
  operationId: OperationId,
  params: Record<string, string>,
): Record<string, unknown> | undefined {
  const { body, example } = routeOf(operationId);
  if (body === undefined) return undefined;
  const sent = body === "bytes" ? {} : example?.body;
  if (sent === undefined) throw new Error(`the contract has no example body of ${operationId}`);
  const text = JSON.stringify(sent)
    .replaceAll('"orders"', JSON.stringify(params.cacheName))
    .replaceAll('"billing"', JSON.stringify(params.webhookName));
  return JSON.parse(text);
}
