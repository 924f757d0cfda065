import type { WebhookHealth } from "../health.ts";

/** Whether it is held for its cache's sake and not its receiver's: then nobody knows when it goes on. */
export function isSuspendedWithCache({
  state,
  nextProbeTime,
}: Pick<WebhookHealth, "state" | "nextProbeTime">): boolean {
  return state === "held" && nextProbeTime === null;
}
