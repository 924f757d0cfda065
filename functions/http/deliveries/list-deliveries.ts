import {
  type ListDeliveriesResponse,
  listDeliveries as route,
} from "../../../shared/contract/operations/deliveries/list-deliveries.ts";
import { listDeleted } from "../../../shared/delivery/attempt/deleted-log.ts";
import { fits, isFiltering } from "../../../shared/domain/attempts/delivery-filter.ts";
import type { SummaryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
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
  type LogPage,
  type LogQuery,
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
  const isDeleted = deletedTimeMs !== undefined;
  const read = (wanted: LogQuery) =>
    isDeleted ? listDeleted(webhookId, wanted, log) : log.list(webhookId, wanted);
  const sinceMs = query.since === undefined ? 0 : Date.parse(query.since);
  const untilMs = query.until === undefined ? endOfTimeMs : Date.parse(query.until);
  const limit = query.limit ?? usualLimit;
  const wanted = {
    span: idSpan("msg", sinceMs, untilMs),
    before: readCursor(scope, query.cursor),
    status: query.status,
    limit,
  };
  const page = isFiltering(query)
    ? await lookFor((record) => fits(record, query), wanted, read)
    : await read(wanted);
  const shown = page.records.filter(({ topicName }) => seesTopic(caller, topicName));
  const summaries = shown.map((record) => presentSummary(record, Date.now()));
  return {
    ...((await suspensions.has(cacheName)) && { cacheStatus: "suspended" }),
    deliveries: isDeleted ? summaries.map(endedByDeletion) : summaries,
    nextCursor: page.last === undefined ? null : cursorAfter(scope, page.last),
  };
}

/** A page of those that fit, which may be short. */
async function lookFor(
  isSought: (record: SummaryRecord) => boolean,
  { limit, ...wanted }: LogQuery,
  read: (query: LogQuery) => Promise<LogPage>,
): Promise<LogPage> {
  const records: SummaryRecord[] = [];
  const atOnce = Math.max(limit, lookedAtOnce);
  let last = wanted.before;
  for (let looked = 0; looked < mostLooked && records.length < limit; looked += atOnce) {
    const page = await read({ ...wanted, before: last, limit: atOnce });
    records.push(...page.records.filter(isSought));
    last = page.last;
    if (last === undefined) break;
  }
  if (records.length <= limit) return { records, last };
  // What was found beyond the limit is looked at again by the next page.
  return { records: records.slice(0, limit), last: records[limit - 1]?.messageId };
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
