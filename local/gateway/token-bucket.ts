import type { Throttle } from "../template/stage.ts";

/** Says whether one more request may pass now. */
export type Admit = (nowMs: number) => boolean;

/** A bucket that holds `burst` tokens and is refilled steadily; every request takes one. */
export function createTokenBucket({ ratePerSecond, burst }: Throttle): Admit {
  let tokens = burst;
  let filledMs = 0;
  return (nowMs) => {
    const passedSeconds = Math.max(0, nowMs - filledMs) / 1000;
    tokens = Math.min(burst, tokens + passedSeconds * ratePerSecond);
    filledMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
