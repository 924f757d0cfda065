import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import {
  type ListDeliveriesResponse,
  listDeliveries as route,
} from "../../../shared/contract/operations/deliveries/list-deliveries.ts";
import { listDeleted } from "../../../shared/delivery/attempt/deleted-log.ts";
import { fits, isFiltering } from "../../../shared/domain/attempts/delivery-filter.ts";
import {
  endedByDeletion,
  presentSummary,
} from "../../../shared/domain/attempts/present-delivery.ts";
import { cursorAfter, cursorProblems, readCursor } from "../../../shared/domain/cursor.ts";
import { idSpan } from "../../../shared/domain/ids.ts";
import { seesTopic } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type DeliveryLog,
  openDeliveryLog,
} from "../../../shared/store/deliveries/delivery-log.ts";
import {
  openSuspensionStore,
  type SuspensionStore,
} from "../../../shared/store/health/cache-state.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { logInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "find" | "findLocation">;
  readonly log: Pick<DeliveryLog, "list">;
  readonly suspensions: Pick<SuspensionStore, "has">;
}

const usualLimit = 100;
/** For those that fit a filter so many deliveries are looked at, and so many at a time. */
const [mostLooked, lookedAtOnce] = [500, 100];
const endOfTimeMs = 2 ** 48;

export async function listDeliveries(
  { params: { webhookId }, query, caller }: Input<typeof route>,
  { webhooks, log, suspensions }: Deps,
): Promise<ListDeliveriesResponse> {
  const { cacheName, deletedTimeMs } = await logInScope(webhookId, caller, webhooks);
  const scope = scopeOf(webhookId);
  const sinceMs = query.since === undefined ? 0 : Date.parse(query.since);
  const untilMs = query.until === undefined ? endOfTimeMs : Date.parse(query.until);
  const limit = query.limit ?? usualLimit;
  const isDeleted = deletedTimeMs !== undefined;
  const shown: DeliverySummary[] = [];
  let last = readCursor(scope, query.cursor);
  const most = isFiltering(query) ? mostLooked : 1;
  const atOnce = isFiltering(query) ? Math.max(limit, lookedAtOnce) : limit;
  for (let looked = 0; looked < most; looked += atOnce) {
    const span = idSpan("msg", sinceMs, untilMs);
    const wanted = { span, before: last, status: query.status, limit: atOnce };
    const page = await (isDeleted
      ? listDeleted(webhookId, wanted, log)
      : log.list(webhookId, wanted));
    last = page.last;
    for (const record of page.records) {
      const summary = presentSummary(record, Date.now());
      if (seesTopic(caller, record.topicName) && fits(summary, query)) shown.push(summary);
    }
    if (last === undefined || shown.length >= limit) break;
  }
  // What a page had beyond the limit is looked at again by the next.
  if (shown.length > limit) {
    shown.length = limit;
    last = shown.at(-1)?.messageId;
  }
  return {
    ...((await suspensions.has(cacheName)) && { cacheStatus: "suspended" }),
    deliveries: isDeleted ? shown.map(endedByDeletion) : shown,
    nextCursor: last === undefined ? null : cursorAfter(scope, last),
  };
}

function scopeOf(webhookId: unknown): string {
  return `deliveries/${webhookId}`;
}

export const handler = endpoint(
  route,
  listDeliveries,
  () => ({
    webhooks: openWebhookStore(),
    log: openDeliveryLog(),
    suspensions: openSuspensionStore(),
  }),
  (_, { pathParameters, query }) => cursorProblems(scopeOf(pathParameters.webhookId), query.cursor),
);
