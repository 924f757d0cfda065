import { listAllWebhooks as route } from "../../../shared/contract/operations/webhooks/list-all-webhooks.ts";
import type { ListWebhooksResponse } from "../../../shared/contract/operations/webhooks/list-webhooks.ts";
import { healthLimitProblems } from "../../../shared/domain/breaker/present-health.ts";
import { cursorAfter, cursorProblems, readPosition } from "../../../shared/domain/cursor.ts";
import { type Caller, cachesOf, enforceScope, scopeName } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { openHealthView } from "../../../shared/store/health/health-view.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
import { type CacheList, openCacheList } from "../../../shared/store/webhooks/cache-list.ts";
import { type Place, walkCaches } from "../../../shared/store/webhooks/cache-walk.ts";
import {
  openUnwellWebhooks,
  type UnwellWebhooks,
} from "../../../shared/store/webhooks/unwell-webhooks.ts";
import {
  type PageDeps,
  pageLimit,
  webhookPage,
} from "../../../shared/store/webhooks/webhook-page.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { asksForUnwell } from "../../../shared/store/webhooks/with-health.ts";

interface Deps extends PageDeps {
  readonly webhooks: Pick<WebhookStore, "inNameOrder">;
  readonly caches: Pick<CacheList, "page">;
  readonly unwell: UnwellWebhooks;
}

/** A position names a cache and a webhook. */
const parts = 2;

export async function listAllWebhooks(
  { query, caller }: Input<typeof route>,
  deps: Deps,
): Promise<ListWebhooksResponse> {
  const { cacheName, topicName, webhookStatus } = query;
  if (cacheName !== undefined) enforceScope(caller, route.permission, cacheName);
  const scope = scopeOf(caller, cacheName);
  const covered = cacheName === undefined ? cachesOf(caller) : [cacheName];
  const from = placeOf(readPosition(scope, query.cursor, parts));
  const { unwell } = deps;
  const places = asksForUnwell(query) ? { caches: unwell, webhooks: unwell } : deps;
  const walk = walkCaches(covered, from, pageLimit(query), places);
  const { webhooks, last } = await webhookPage(
    walk.records,
    query,
    (record) =>
      (topicName === undefined || record.topicName === topicName) &&
      (webhookStatus === undefined || record.status === webhookStatus),
    caller,
    deps,
  );
  const next = last ?? walk.rest();
  return {
    webhooks,
    nextCursor: next ? cursorAfter(scope, next.cacheName, next.webhookName) : null,
  };
}

function placeOf(position: readonly string[] | undefined): Place | undefined {
  if (!position) return undefined;
  const [cacheName = "", webhookName = ""] = position;
  return { cacheName, webhookName };
}

function scopeOf(caller: Caller, cacheName: string | undefined): string {
  return `all-webhooks/${scopeName(caller)}/${cacheName ?? ""}`;
}

export const handler = endpoint(
  route,
  listAllWebhooks,
  () => ({
    webhooks: openWebhookStore(),
    caches: openCacheList(),
    unwell: openUnwellWebhooks(),
    health: openHealthView(),
    vault: openVault(),
    suspensions: openSuspensionStore(),
  }),
  (_, { caller, query }) => [
    ...cursorProblems(scopeOf(caller, query.cacheName), query.cursor, parts),
    ...healthLimitProblems(query),
  ],
);
