import * as z from "zod/mini";
import { CacheName } from "./values/names.ts";

/** Whether an operator has stopped a cache. */
const CacheStatus = z
  .enum(["active", "suspended"])
  .check(
    z.meta({ id: "CacheStatus", description: "Whether an operator has suspended the cache." }),
  );

/** Part of responses about a cache while it is stopped, and absent otherwise. */
export const ShownCacheStatus = z
  .optional(z.literal("suspended"))
  .check(z.describe("Only present while the cache is suspended and publishes are refused."));

export const CacheStatusResponse = z.object({ cacheName: CacheName, cacheStatus: CacheStatus });
export type CacheStatusResponse = z.infer<typeof CacheStatusResponse>;
