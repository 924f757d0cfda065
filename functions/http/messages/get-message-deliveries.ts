import {
  type GetMessageDeliveriesResponse,
  type MessageDelivery,
  getMessageDeliveries as route,
} from "../../../shared/contract/operations/messages/get-message-deliveries.ts";
import { pendingDelivery } from "../../../shared/delivery/recover/find-pending.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import type { DeliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import {
  endedByDeletion,
  presentSummary,
} from "../../../shared/domain/attempts/present-delivery.ts";
import { cursorAfter, cursorProblems, readPosition } from "../../../shared/domain/cursor.ts";
import { openMatcher } from "../../../shared/domain/filters/matcher.ts";
import { type Caller, sees, seesTopic } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type DeliveryHeads,
  openDeliveryHeads,
} from "../../../shared/store/deliveries/delivery-context.ts";
import {
  type KeptMessage,
  type MessageStore,
  openMessageStore,
} from "../../../shared/store/messages/message-store.ts";
import {
  type FormerWebhook,
  type FormerWebhooks,
  openFormerWebhooks,
} from "../../../shared/store/webhooks/former-webhooks.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";

interface Deps {
  readonly webhooks: Pick<WebhookStore, "subscribers">;
  readonly former: FormerWebhooks;
  readonly messages: Pick<MessageStore, "find">;
  readonly heads: Pick<DeliveryHeads, "findEach">;
  readonly retentionDays: number;
  readonly now: () => number;
}

/** One page of the topic's webhooks, of now or of before. */
interface Page {
  readonly deliveries: MessageDelivery[];
  readonly last: string | undefined;
}

const usualLimit = 100;
/** A position tells whose turn it is, and behind which name or id. */
const parts = 2;

export async function getMessageDeliveries(
  { params: { cacheName, messageId }, query, caller }: Input<typeof route>,
  deps: Deps,
): Promise<GetMessageDeliveriesResponse> {
  const message = await deps.messages.find(cacheName, messageId);
  const isKept = message && deps.retentionDays !== 0 && message.expiresAt * 1000 > deps.now();
  if (!isKept || !sees(caller, message.facts)) {
    throw new AppError("NOT_FOUND_ERROR", `there is no message ${messageId}`);
  }
  const scope = scopeOf(cacheName, messageId);
  const [turn = "now", after = ""] = readPosition(scope, query.cursor, parts) ?? [];
  const limit = query.limit ?? usualLimit;
  const ofNow: Page =
    turn === "now"
      ? await subscribed(message, after || undefined, limit, deps)
      : { deliveries: [], last: undefined };
  if (ofNow.last !== undefined) {
    return { deliveries: ofNow.deliveries, nextCursor: cursorAfter(scope, "now", ofNow.last) };
  }
  const left = limit - ofNow.deliveries.length;
  const from = turn === "now" ? "" : after;
  if (left === 0) {
    return { deliveries: ofNow.deliveries, nextCursor: cursorAfter(scope, "former", from) };
  }
  const ofBefore = await formerlySubscribed(message, from || undefined, left, caller, deps);
  return {
    deliveries: [...ofNow.deliveries, ...ofBefore.deliveries],
    nextCursor: ofBefore.last === undefined ? null : cursorAfter(scope, "former", ofBefore.last),
  };
}

/** A webhook that has no row yet and would be sent the message is waiting for it. */
async function subscribed(
  message: KeptMessage,
  after: string | undefined,
  limit: number,
  { webhooks, heads, now }: Deps,
): Promise<Page> {
  const { cacheName, topicName, messageId } = message.facts;
  const { subscriptions, last } = await webhooks.subscribers(cacheName, topicName, {
    after,
    limit,
  });
  const ids = subscriptions.map(({ webhookId }) => webhookId);
  const standing = await heads.findEach(ids, messageId);
  const { matches } = openMatcher(message.facts, () => message.payload);
  const deliveries = subscriptions.flatMap((subscription) => {
    const { webhookId, webhookName } = subscription;
    const head = standing.get(webhookId);
    if (!head && !matches(subscription)) return [];
    const record: DeliveryRecord = head ?? pendingDelivery(subscription, message);
    return [{ webhookId, id: { cacheName, webhookName }, ...presentSummary(record, now()) }];
  });
  return { deliveries, last };
}

async function formerlySubscribed(
  { facts: { cacheName, topicName, messageId } }: KeptMessage,
  after: string | undefined,
  limit: number,
  caller: Caller,
  { former, heads, now }: Deps,
): Promise<Page> {
  const { webhooks: found, last } = await former.page(cacheName, topicName, after, limit);
  const webhooks = caller.session ? await thoseSeen(caller, found, former) : found;
  const ids = webhooks.map(({ webhookId }) => webhookId);
  const standing = await heads.findEach(ids, messageId);
  const deliveries = webhooks.flatMap(({ webhookId, webhookName, deletedTimeMs }) => {
    const head = standing.get(webhookId);
    if (!head) return [];
    const summary = presentSummary(head, now());
    const shown = deletedTimeMs === undefined ? summary : endedByDeletion(summary);
    return [{ webhookId, id: { cacheName, webhookName }, ...shown }];
  });
  return { deliveries, last };
}

/** A webhook may have moved on to a topic that a portal session does not see. */
async function thoseSeen(
  caller: Caller,
  webhooks: readonly FormerWebhook[],
  former: FormerWebhooks,
): Promise<FormerWebhook[]> {
  const topics = await former.topicsOf(webhooks);
  return webhooks.filter(({ webhookId }) => {
    const topicName = topics.get(webhookId);
    return topicName !== undefined && seesTopic(caller, topicName);
  });
}

function scopeOf(cacheName: unknown, messageId: unknown): string {
  return `deliveries of ${cacheName}/${messageId}`;
}

export const handler = endpoint(
  route,
  getMessageDeliveries,
  () => ({
    webhooks: openWebhookStore(),
    former: openFormerWebhooks(),
    messages: openMessageStore(),
    heads: openDeliveryHeads(),
    retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
    now: Date.now,
  }),
  (_, { pathParameters: { cacheName, messageId }, query }) =>
    cursorProblems(scopeOf(cacheName, messageId), query.cursor, parts),
);
