import * as z from "zod/mini";
import { CacheStatusResponse } from "../../cache.ts";
import type { Route } from "../../route.ts";
import { CacheName } from "../../values/names.ts";

export const suspendCache = {
  id: "suspendCache",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/suspend",
  tag: "webhooks",
  permission: "manage",
  needsAllCaches: true,
  params: z.object({ cacheName: CacheName }),
  statuses: [200],
  refusals: [409],
  response: CacheStatusResponse,
  summary: "Stop a cache",
  description:
    "Within a minute nothing of the cache is posted any more, and publishes and tests are refused with a 409. " +
    "What was accepted waits, for as long as any delivery waits, and goes out after resumeCache. Needs a key of all caches.",
  example: { response: { cacheName: "orders", cacheStatus: "suspended" } },
} as const satisfies Route;
