import type { Stage } from "../template/stage.ts";
import { type Admit, createTokenBucket } from "./token-bucket.ts";

/** Says whether the stage lets one more request for a route pass. Every route has its own bucket. */
export function createThrottle({ defaultThrottle, routeThrottles }: Stage) {
  const buckets = new Map<string, Admit>();
  return (routeKey: string, nowMs: number): boolean => {
    const limits = routeThrottles[routeKey] ?? defaultThrottle;
    if (!limits) return true;
    const bucket = buckets.get(routeKey) ?? createTokenBucket(limits);
    buckets.set(routeKey, bucket);
    return bucket(nowMs);
  };
}
