import { suspendCache as route } from "../../../shared/contract/operations/service/suspend-cache.ts";
import type { CacheStatusResponse } from "../../../shared/contract/webhook.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openSuspensionStore,
  type SuspensionStore,
} from "../../../shared/store/health/cache-state.ts";

interface Deps {
  readonly suspensions: Pick<SuspensionStore, "suspend">;
}

export async function suspendCache(
  { params: { cacheName } }: Input<typeof route>,
  { suspensions }: Deps,
): Promise<CacheStatusResponse> {
  await suspensions.suspend(cacheName);
  return { cacheName, cacheStatus: "suspended" };
}

export const handler = endpoint(route, suspendCache, () => ({
  suspensions: openSuspensionStore(),
}));
