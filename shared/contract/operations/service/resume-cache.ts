import * as z from "zod/mini";
import { CacheStatusResponse } from "../../cache.ts";
import type { Route } from "../../route.ts";
import { CacheName } from "../../values/names.ts";

export const resumeCache = {
  id: "resumeCache",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/resume",
  tag: "webhooks",
  permission: "manage",
  needsAllCaches: true,
  params: z.object({ cacheName: CacheName }),
  statuses: [200],
  refusals: [409],
  response: CacheStatusResponse,
  summary: "Let a stopped cache go on",
  description:
    "Publishes and tests are taken again within a minute, and what waits goes out at the rate at which a " +
    "webhook that recovers gets its deliveries. Needs a key of all caches.",
  example: { response: { cacheName: "orders", cacheStatus: "active" } },
} as const satisfies Route;
