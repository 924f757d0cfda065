import { errorFields, log } from "../../runtime/logger.ts";
import { measure } from "../../runtime/metrics.ts";
import type { Undelivered } from "../../store/deliveries/undelivered.ts";

export interface OldestDeps {
  readonly undelivered: Undelivered;
  readonly now: () => number;
}

/** Measures how long the oldest message has waited to be delivered. Never throws: it must not cut a sweep short. */
export async function measureOldest({ undelivered, now }: OldestDeps): Promise<void> {
  try {
    const oldestMs = await undelivered.oldestTimeMs();
    const ageMs = oldestMs === undefined ? 0 : now() - oldestMs;
    measure("OldestUndelivered", Math.max(0, ageMs / 1000));
  } catch (error) {
    log("warn", "oldest.unknown", errorFields(error));
  }
}
