import { type DeliveryRecord, lastAttemptOf } from "../../domain/attempts/delivery-record.ts";
import { isOverdue } from "../../domain/attempts/overdue.ts";
import { openMatcher } from "../../domain/filters/matcher.ts";
import type { IdSpan, IdWindow } from "../../domain/ids.ts";
import type {
  PlannedDelivery,
  RecoveryFilter,
  RecoveryRecord,
} from "../../domain/recovery/recovery-record.ts";
import { isInScope } from "../../domain/topics.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { DeliveryHeads } from "../../store/deliveries/delivery-context.ts";
import type { HealthStore } from "../../store/health/health-store.ts";
import type { MessageLog, MessageLogPage } from "../../store/messages/message-log.ts";
import type { MessageStore } from "../../store/messages/message-store.ts";

export interface FindDeps {
  readonly heads: Omit<DeliveryHeads, "findEach">;
  readonly log: Pick<MessageLog, "oldest">;
  readonly messages: Pick<MessageStore, "findAll">;
  readonly healths: Pick<HealthStore, "withTimersAmong">;
  readonly retentionDays: number;
  readonly now: () => number;
}

interface Found {
  readonly plan: PlannedDelivery[];
  /** What is left of the window. */
  readonly rest: IdWindow;
}

/** What is left of the window, and what of it the recovery asks for. */
export interface Sought extends RecoveryFilter {
  readonly window: IdSpan;
  /** About so many. */
  readonly howMany: number;
}

type Find = (webhook: WebhookRecord, sought: Sought, deps: FindDeps) => Promise<Found>;

/** The next deliveries of a window that a recovery is for, oldest first: about so many. */
export const findRecoverable: Record<RecoveryRecord["mode"], Find> = {
  failed: findFailed,
  missing: findMissing,
};

/** Each goes out as the generation behind the one that failed, whoever else sends it again meanwhile. */
async function findFailed(
  { webhookId }: WebhookRecord,
  sought: Sought,
  { heads }: FindDeps,
): Promise<Found> {
  const { messageIds, rest } = sought.messageIds
    ? { messageIds: idsWithin(sought.messageIds, sought.window), rest: null }
    : await heads.failed(webhookId, sought.window, sought.howMany);
  const standing = await heads.findMany(webhookId, messageIds);
  const plan = messageIds.flatMap((messageId) => {
    const head = standing.get(messageId);
    return head?.status === "failed" && isSought(head, sought) ? [nextGeneration(head)] : [];
  });
  return { plan, rest };
}

/** Ids sort as the times do. */
function idsWithin(messageIds: readonly string[], [from, to]: IdSpan): string[] {
  return messageIds.filter((id) => from <= id && id <= to).sort();
}

/** By what came of the last attempt; one of which nothing is known is in no class. */
function isSought(head: DeliveryRecord, { event, statusClass, session }: RecoveryFilter): boolean {
  if (session && !isInScope(session, head.topicName)) return false;
  if (event !== undefined && head.event !== event) return false;
  if (statusClass === undefined) return true;
  const last = lastAttemptOf(head);
  if (!last) return false;
  const { statusCode } = last;
  return statusClass === (statusCode === null ? "none" : `${Math.floor(statusCode / 100)}xx`);
}

function nextGeneration({ messageId, generation }: DeliveryRecord): PlannedDelivery {
  return { messageId, generation: generation + 1 };
}

/** Pages of messages that one step looks through: a week of empty hours is seven steps. */
const maxPages = 24;

async function findMissing(webhook: WebhookRecord, sought: Sought, deps: FindDeps): Promise<Found> {
  const { heads, healths, retentionDays, now } = deps;
  // Long values are stored without retention, too, but only for as long as they are delivered.
  if (retentionDays === 0) return { plan: [], rest: null };
  const plan: PlannedDelivery[] = [];
  let rest: IdWindow = sought.window;
  for (let n = 0; n < maxPages && rest !== null && plan.length < sought.howMany; n += 1) {
    const page = await messagesOf(webhook, rest, sought, deps);
    const wanted = page.messages
      .filter(
        ({ facts, payload }) =>
          facts.topicName === webhook.topicName &&
          (!sought.session || isInScope(sought.session, facts.topicName)) &&
          (sought.event === undefined || facts.event === sought.event) &&
          openMatcher(facts, payload).matches(webhook),
      )
      .map(({ facts }) => facts.messageId);
    const standing = await heads.findMany(webhook.webhookId, wanted);
    const missing = wanted.filter((messageId) => !standing.has(messageId));
    plan.push(...missing.map((messageId) => ({ messageId, generation: 1 })));
    const late = [...standing.values()].filter((head) => isOverdue(head, now()));
    if (late.length > 0 && (await healths.withTimersAmong([webhook.webhookId])).size === 0) {
      plan.push(...late.map(nextGeneration));
    }
    rest = page.rest;
  }
  return { plan, rest };
}

/** The next messages of the window, or those that were named. */
async function messagesOf(
  { cacheName }: WebhookRecord,
  window: IdSpan,
  { messageIds }: RecoveryFilter,
  { log, messages }: FindDeps,
): Promise<MessageLogPage> {
  if (!messageIds) return log.oldest(cacheName, window);
  const kept = await messages.findAll(cacheName, idsWithin(messageIds, window));
  const found = kept.map(({ facts, payload }) => ({ facts, payload: () => payload }));
  return { messages: found, rest: null };
}
