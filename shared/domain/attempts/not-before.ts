import type { DeliveryJob } from "../../contract/jobs.ts";

/** Two clocks may differ by so much without a retry being early. */
const clockSlackMs = 1_000;

/** A sweeper whose clock had jumped ahead sent it too soon. What the queue held back is not: clocks may be set back. */
export function isEarly({ notBeforeMs = 0, waitsInQueue }: DeliveryJob, nowMs: number): boolean {
  return !waitsInQueue && notBeforeMs > nowMs + clockSlackMs;
}

/**
 * A job that has waited in a row and waits again gets a later time, and so another row: whoever sent it
 * from the old one may not have deleted that yet.
 */
export function putBackTimeMs({ notBeforeMs, message }: DeliveryJob): number {
  return notBeforeMs === undefined ? message.publishedTimeMs : notBeforeMs + 1;
}
