import { defaultHorizonMs } from "../attempts/retry-schedule.ts";

const dayMs = 86_400_000;

/** A day more than the horizon, so that a row never expires under a delivery that is still alive. */
const minMs = defaultHorizonMs + dayMs;

/** When a row about a message of that time may be deleted; epoch seconds, as DynamoDB's TTL wants. */
export function expiryOf(publishedTimeMs: number, retentionDays: number): number {
  return Math.ceil((publishedTimeMs + Math.max(retentionDays * dayMs, minMs)) / 1000);
}
