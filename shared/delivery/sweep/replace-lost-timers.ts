import { lostTick } from "../../domain/breaker/breaker-clock.ts";
import type { RetryQueue } from "../../queue/delivery-queue.ts";
import type { HealthStore } from "../../store/health/health-store.ts";
import { sendTick } from "../breaker/change-health.ts";

export interface LostTickDeps {
  readonly healths: Pick<HealthStore, "ticking">;
  readonly retries: Pick<RetryQueue, "sendTick">;
  readonly now: () => number;
}

/** Sends again the ticks that should have come long ago: whoever was to send them died. */
export async function replaceLostTicks({ healths, retries, now }: LostTickDeps): Promise<number> {
  const ticking = await healths.ticking();
  const lost = ticking.flatMap((health) => {
    const tick = lostTick(health.breaker, now());
    return tick === undefined ? [] : [{ health, tick }];
  });
  await Promise.all(lost.map(({ health, tick }) => sendTick(health, tick, 0, retries)));
  return lost.length;
}
