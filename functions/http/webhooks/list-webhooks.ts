import {
  type ListWebhooksResponse,
  listWebhooks as route,
} from "../../../shared/contract/operations/webhooks/list-webhooks.ts";
import { healthLimitProblems } from "../../../shared/domain/breaker/present-health.ts";
import { cursorAfter, cursorProblems, readCursor } from "../../../shared/domain/cursor.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { openHealthView } from "../../../shared/store/health/health-view.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
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
  readonly unwell: Pick<UnwellWebhooks, "inNameOrder">;
}

export async function listWebhooks(
  { params: { cacheName }, query, caller }: Input<typeof route>,
  deps: Deps,
): Promise<ListWebhooksResponse> {
  const scope = scopeOf(cacheName);
  const after = readCursor(scope, query.cursor);
  const limit = pageLimit(query) + 1;
  const store = asksForUnwell(query) ? deps.unwell : deps.webhooks;
  const { webhooks, last } = await webhookPage(
    store.inNameOrder(cacheName, { after, limit }),
    query,
    ({ topicName }) => query.topicName === undefined || topicName === query.topicName,
    caller,
    deps,
  );
  return { webhooks, nextCursor: last ? cursorAfter(scope, last.webhookName) : null };
}

function scopeOf(cacheName: unknown): string {
  return `webhooks/${cacheName}`;
}

export const handler = endpoint(
  route,
  listWebhooks,
  () => ({
    webhooks: openWebhookStore(),
    unwell: openUnwellWebhooks(),
    health: openHealthView(),
    vault: openVault(),
    suspensions: openSuspensionStore(),
  }),
  (_, { pathParameters, query }) => [
    ...cursorProblems(scopeOf(pathParameters.cacheName), query.cursor),
    ...healthLimitProblems(query),
  ],
);
