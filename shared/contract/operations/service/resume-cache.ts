import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName } from "../../values/names.ts";
import { CacheStatusResponse } from "../../webhook.ts";

export const resumeCache = {
  id: "resumeCache",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/resume",
  tag: "webhooks",
  permission: "manage",
  portal: "closed",
  needsAllCaches: true,
  params: z.object({ cacheName: CacheName }),
  statuses: [200],
  refusals: [409],
  response: CacheStatusResponse,
  summary: "Resume a suspended cache",
  description:
    "Publishes and tests are accepted again within a minute. What waits goes out at the rate of " +
    "a webhook that recovers. Needs a key for all caches.",
  example: { response: { cacheName: "orders", cacheStatus: "active" } },
} as const satisfies Route;
