import { resumeCache as route } from "../../../shared/contract/operations/service/resume-cache.ts";
import type { CacheStatusResponse } from "../../../shared/contract/webhook.ts";
import {
  type ReleaseDeps,
  releaseSuspended,
} from "../../../shared/delivery/breaker/change-health.ts";
import { openRetryQueue } from "../../../shared/queue/queues.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openSuspensionStore,
  type SuspensionStore,
} from "../../../shared/store/health/cache-state.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";

interface Deps extends ReleaseDeps {
  readonly suspensions: Pick<SuspensionStore, "resume">;
}

/** Whatever is not released here, because the call is cut off, goes out at its webhook's own next step. */
export async function resumeCache(
  { params: { cacheName } }: Input<typeof route>,
  deps: Deps,
): Promise<CacheStatusResponse> {
  await deps.suspensions.resume(cacheName);
  await releaseSuspended(cacheName, deps);
  return { cacheName, cacheStatus: "active" };
}

export const handler = endpoint(route, resumeCache, () => ({
  suspensions: openSuspensionStore(),
  healths: openHealthStore(),
  retries: openRetryQueue(),
  now: Date.now,
}));
