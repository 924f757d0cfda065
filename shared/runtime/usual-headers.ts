import type { Route } from "../contract/route.ts";

/**
 * What every answer of ours carries. What a key is needed for is no cache's to keep: besides secrets
 * there are header values, which may be receivers' tokens, and the values that were published.
 */
export function usualHeaders({ permission }: Route): Record<string, string> {
  return {
    "cache-control": permission === null ? "no-cache" : "no-store",
    "content-type": "application/json; charset=utf-8",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
  };
}
