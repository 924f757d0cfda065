import {
  type ListCachesResponse,
  listCaches as route,
} from "../../../shared/contract/operations/service/list-caches.ts";
import { cursorAfter, cursorProblems, readCursor } from "../../../shared/domain/cursor.ts";
import { type Caller, cachesOf, inByteOrder, scopeName } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { type CacheList, openCacheList } from "../../../shared/store/webhooks/cache-list.ts";

interface Deps {
  readonly caches: CacheList;
}

const maxCaches = 1_000;

export async function listCaches(
  { query, caller }: Input<typeof route>,
  { caches }: Deps,
): Promise<ListCachesResponse> {
  const scope = scopeOf(caller);
  const after = readCursor(scope, query.cursor);
  const limit = query.limit ?? maxCaches;
  const covered = cachesOf(caller);
  const { cacheNames, last } = covered
    ? await pageOf(covered, after, limit, caches)
    : await caches.page(after, limit);
  return {
    caches: cacheNames.map((cacheName) => ({ cacheName })),
    nextCursor: last === undefined ? null : cursorAfter(scope, last),
  };
}

/** So many of the key's caches are looked for: a page is short where some of them are not there. */
async function pageOf(
  covered: readonly string[],
  after: string | undefined,
  limit: number,
  caches: CacheList,
) {
  const rest = covered.filter((name) => after === undefined || inByteOrder(name, after) > 0);
  const asked = rest.slice(0, limit);
  const last = rest.length > limit ? asked.at(-1) : undefined;
  return { cacheNames: await caches.existing(asked), last };
}

function scopeOf(caller: Caller): string {
  return `caches/${scopeName(caller)}`;
}

export const handler = endpoint(
  route,
  listCaches,
  () => ({ caches: openCacheList() }),
  (_, { caller, query }) => cursorProblems(scopeOf(caller), query.cursor),
);
