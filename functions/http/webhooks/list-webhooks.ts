import { maxWithHealth } from "../../../shared/contract/health.ts";
import {
  type ListWebhooksResponse,
  listWebhooks as route,
} from "../../../shared/contract/operations/webhooks/list-webhooks.ts";
import { healthLimitProblems } from "../../../shared/domain/breaker/present-health.ts";
import { cursorAfter, cursorProblems, readCursor } from "../../../shared/domain/ids/cursor.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { openSuspensionStore } from "../../../shared/store/health/cache-state.ts";
import { type HealthView, openHealthView } from "../../../shared/store/health/health-view.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { type ViewDeps, webhookView } from "../../../shared/store/webhooks/webhook-view.ts";
import {
  looksAtHealth,
  type ShownWebhook,
  withHealth,
} from "../../../shared/store/webhooks/with-health.ts";

interface Deps extends ViewDeps {
  readonly webhooks: Pick<WebhookStore, "inNameOrder">;
  readonly health: HealthView;
}

const maxWebhooks = 1_000;
/** Well below the 6 MB that Lambda can return. */
const maxBytes = 4 * 1024 * 1024;

export async function listWebhooks(
  { params: { cacheName }, query, caller }: Input<typeof route>,
  deps: Deps,
): Promise<ListWebhooksResponse> {
  const scope = scopeOf(cacheName);
  const limit = query.limit ?? (looksAtHealth(query) ? maxWithHealth : maxWebhooks);
  const shown: ShownWebhook[] = [];
  let [seen, bytes, last] = [0, 0, ""];
  const after = readCursor(scope, query.cursor);
  for await (const record of deps.webhooks.inNameOrder(cacheName, { after, limit: limit + 1 })) {
    if (seen === limit || bytes > maxBytes) {
      const webhooks = await withHealth(shown, query, deps.health);
      return { webhooks, nextCursor: cursorAfter(scope, last) };
    }
    seen += 1;
    last = record.webhookName;
    if (query.topicName !== undefined && record.topicName !== query.topicName) continue;
    const { webhook } = await webhookView(record, caller, deps);
    bytes += Buffer.byteLength(JSON.stringify(webhook));
    shown.push({ record, webhook });
  }
  return { webhooks: await withHealth(shown, query, deps.health), nextCursor: null };
}

function scopeOf(cacheName: unknown): string {
  return `webhooks/${cacheName}`;
}

export const handler = endpoint(
  route,
  listWebhooks,
  () => ({
    webhooks: openWebhookStore(),
    health: openHealthView(),
    vault: openVault(),
    suspensions: openSuspensionStore(),
  }),
  (_, { pathParameters, query }) => [
    ...cursorProblems(scopeOf(pathParameters.cacheName), query.cursor),
    ...healthLimitProblems(query),
  ],
);
