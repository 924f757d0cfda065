import { join } from "node:path";
import { synthesize } from "../support/service/assembly.ts";

/** The bench, not the throttle, is to bound the rates. */
const unthrottled = { throttleRate: 10_000, throttleBurst: 5_000 };
/** A failed attempt is made again after a second, so that the bench need not wait for it. */
const paused = { ...unthrottled, paused: true, retryScheduleSeconds: [1] };

const countless = { ...paused, deliveryStats: false };
const forgetful = { ...countless, retentionDays: 0, deliveryLog: "failures" };

/** Three stacks on which what is published waits in the queues. */
export interface PausedAssemblies {
  retaining: string;
  /** The same without counts over time. */
  uncounted: string;
  /** Keeps no message and no counts, and rows of failures only. */
  forgetting: string;
}

/** The stack whose speed is measured, in a folder. */
export function synthesizeDelivering(folder: string): Promise<string> {
  return synthesize(join(folder, "delivering"), unthrottled);
}

export async function synthesizePaused(folder: string): Promise<PausedAssemblies> {
  const [retaining, withoutCounts, forgetting] = await Promise.all([
    synthesize(join(folder, "retaining"), paused),
    synthesize(join(folder, "uncounted"), countless),
    synthesize(join(folder, "forgetting"), forgetful),
  ]);
  return { retaining, uncounted: withoutCounts, forgetting };
}
