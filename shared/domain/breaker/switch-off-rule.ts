import type { Health } from "./health-record.ts";

/** The latest success anywhere in the deployment, as good as one writing a minute knows it. */
export interface Heartbeat {
  readonly lastSuccessMs: number;
  readonly webhookId: string;
}

interface Circumstances {
  readonly nowMs: number;
  readonly webhookId: string;
  readonly heartbeat: Heartbeat | undefined;
}

const failingLongestMs = 5 * 86_400_000;
const minFailures = 10;
const heartbeatAliveMs = 300_000;

/** Whether a webhook has failed so long that it is made inactive. */
export function shouldSwitchOff(health: Health | undefined, circumstances: Circumstances): boolean {
  if (!health || health.failingSinceMs === null || health.failures < minFailures) return false;
  const failingMs = circumstances.nowMs - health.failingSinceMs;
  return failingMs >= failingLongestMs && !mayBeOurFault(circumstances);
}

/**
 * When nobody receives anything, we are the likelier culprit. Where no other webhook has ever succeeded,
 * or the last success anywhere was this very webhook's own, there is nobody to judge by.
 */
function mayBeOurFault({ nowMs, webhookId, heartbeat }: Circumstances): boolean {
  if (!heartbeat || heartbeat.webhookId === webhookId) return false;
  return nowMs - heartbeat.lastSuccessMs > heartbeatAliveMs;
}
