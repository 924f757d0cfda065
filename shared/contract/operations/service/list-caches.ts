import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName } from "../../values/names.ts";
import { pagingQuery } from "../../values/paging.ts";

export const ListCachesResponse = z.object({
  caches: z.array(z.object({ cacheName: CacheName })),
  nextCursor: z.nullable(z.string()),
});
export type ListCachesResponse = z.infer<typeof ListCachesResponse>;

export const listCaches = {
  id: "listCaches",
  method: "GET",
  path: "/api/v1/caches",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({}),
  query: z.strictObject(pagingQuery),
  statuses: [200],
  refusals: [],
  response: ListCachesResponse,
  summary: "List the caches",
  description:
    "The caches of the key in which a webhook was ever put, by name. A cache is a tenant. It " +
    "stays in the list until it is erased, even without webhooks.",
  example: { response: { caches: [{ cacheName: "orders" }], nextCursor: null } },
} as const satisfies Route;
