import {
  type ListMessagesResponse,
  listMessages as route,
} from "../../../shared/contract/operations/messages/list-messages.ts";
import { cursorAfter, cursorProblems, readCursor } from "../../../shared/domain/cursor.ts";
import { type IdWindow, idBefore, idSpan, isId } from "../../../shared/domain/ids.ts";
import { presentMessage } from "../../../shared/domain/messages/present-message.ts";
import { seesTopic } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { type MessageLog, openMessageLog } from "../../../shared/store/messages/message-log.ts";

interface Deps {
  readonly log: Pick<MessageLog, "newest">;
  readonly retentionDays: number;
  readonly now: () => number;
}

const usualLimit = 100;
/** Of a page; most hours of a quiet cache are empty. */
const maxHours = 24;
const dayMs = 86_400_000;
/** The clock of who published may be ahead of ours. */
const aheadMs = 60_000;

export async function listMessages(
  { params: { cacheName }, query, caller }: Input<typeof route>,
  { log, retentionDays, now }: Deps,
): Promise<ListMessagesResponse> {
  const scope = scopeOf(cacheName);
  const nowMs = now();
  const limit = query.limit ?? usualLimit;
  const shown: ListMessagesResponse["messages"] = [];
  let rest = windowOf(query, readCursor(scope, query.cursor), nowMs, retentionDays);
  for (let n = 0; n < maxHours && rest !== null && shown.length < limit; n += 1) {
    const page = await log.newest(cacheName, rest, limit);
    rest = page.rest;
    for (const { facts, expiresAt } of page.messages) {
      if (expiresAt * 1000 <= nowMs) continue;
      if (!seesTopic(caller, facts.topicName)) continue;
      if (query.topicName !== undefined && facts.topicName !== query.topicName) continue;
      if (query.event !== undefined && facts.event !== query.event) continue;
      if (shown.length === limit) break;
      shown.push(presentMessage({ facts, expiresAt }));
    }
    const last = shown.at(-1);
    // What a page had beyond the limit is looked at again by the next.
    if (shown.length === limit && last && hasMore(page, last.messageId)) {
      return { messages: shown, nextCursor: cursorAfter(scope, idBefore(last.messageId)) };
    }
  }
  return { messages: shown, nextCursor: rest && cursorAfter(scope, rest[1]) };
}

function hasMore(
  { messages }: { messages: readonly { facts: { messageId: string } }[] },
  id: string,
) {
  return messages.at(-1)?.facts.messageId !== id;
}

/** A cursor names the newest message that was not looked at yet. */
function windowOf(
  { since, until }: Input<typeof route>["query"],
  cursor: string | undefined,
  nowMs: number,
  retentionDays: number,
): IdWindow {
  // Without retention a long value is still stored, but only for its deliveries.
  if (retentionDays === 0) return null;
  const sinceMs = Math.max(
    since === undefined ? 0 : Date.parse(since),
    nowMs - retentionDays * dayMs,
  );
  const untilMs = Math.min(
    until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    nowMs + aheadMs,
  );
  const [from, to] = idSpan("msg", sinceMs, untilMs);
  const last = cursor !== undefined && isId("msg", cursor) && cursor < to ? cursor : to;
  return from <= last ? [from, last] : null;
}

function scopeOf(cacheName: unknown): string {
  return `messages/${cacheName}`;
}

export const handler = endpoint(
  route,
  listMessages,
  () => ({
    log: openMessageLog(),
    retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
    now: Date.now,
  }),
  (_, { pathParameters, query }) => cursorProblems(scopeOf(pathParameters.cacheName), query.cursor),
);
