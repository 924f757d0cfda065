import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName } from "../../values/names.ts";
import { CacheStatusResponse } from "../../webhook.ts";

export const suspendCache = {
  id: "suspendCache",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/suspend",
  tag: "webhooks",
  permission: "manage",
  portal: "closed",
  needsAllCaches: true,
  params: z.object({ cacheName: CacheName }),
  statuses: [200],
  refusals: [409],
  response: CacheStatusResponse,
  summary: "Suspend a cache",
  description:
    "Deliveries of the cache stop within a minute, and publishes and tests are refused with a " +
    "409. Accepted messages wait, at most as long as any delivery waits, and go out after " +
    "resumeCache. Needs a key for all caches.",
  example: { response: { cacheName: "orders", cacheStatus: "suspended" } },
} as const satisfies Route;
