import type { WebhookHealth } from "../../../shared/contract/health.ts";
import { isSuspendedWithCache } from "../../../shared/contract/values/suspended.ts";

/** `HTTP 500`, `timeout after 5 s`: what came of the last attempt, in as few words as there are; null where nothing did. */
export function lastResult(health: WebhookHealth): string | null {
  if (isSuspendedWithCache(health)) return "cache suspended";
  const { lastStatusCode, lastError } = health;
  if (lastStatusCode !== null) return String(lastStatusCode);
  return lastError;
}

/** When that was; of a suspended cache it would be another's time. */
export function lastResultTime(health: WebhookHealth): string | undefined {
  if (isSuspendedWithCache(health) || lastResult(health) === null) return undefined;
  return health.lastAttemptTime;
}
