import {
  type ListDeliveriesResponse,
  listDeliveries as route,
} from "../../../shared/contract/operations/deliveries/list-deliveries.ts";
import { listDeleted } from "../../../shared/delivery/attempt/deleted-log.ts";
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
const endOfTimeMs = 2 ** 48;

export async function listDeliveries(
  { params: { webhookId }, query, caller }: Input<typeof route>,
  { webhooks, log, suspensions }: Deps,
): Promise<ListDeliveriesResponse> {
  const { cacheName, deletedTimeMs } = await logInScope(webhookId, caller, webhooks);
  const scope = scopeOf(webhookId);
  const sinceMs = query.since === undefined ? 0 : Date.parse(query.since);
  const untilMs = query.until === undefined ? endOfTimeMs : Date.parse(query.until);
  const before = readCursor(scope, query.cursor);
  const wanted = {
    span: idSpan("msg", sinceMs, untilMs),
    before,
    status: query.status,
    limit: query.limit ?? usualLimit,
  };
  const isDeleted = deletedTimeMs !== undefined;
  const page = await (isDeleted
    ? listDeleted(webhookId, wanted, log)
    : log.list(webhookId, wanted));
  const shown = page.records.filter(({ topicName }) => seesTopic(caller, topicName));
  const summaries = shown.map((record) => presentSummary(record, Date.now()));
  return {
    ...((await suspensions.has(cacheName)) && { cacheStatus: "suspended" }),
    deliveries: isDeleted ? summaries.map(endedByDeletion) : summaries,
    nextCursor: page.last === undefined ? null : cursorAfter(scope, page.last),
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
