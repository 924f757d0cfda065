import { AppError } from "../../domain/app-error.ts";
import { mintId } from "../../domain/ids.ts";
import { type MessageDraft, messageOf, requestHash } from "../../domain/messages/message-draft.ts";
import { isUnavailable } from "../../runtime/failures.ts";
import { measure } from "../../runtime/logger.ts";
import type { ClaimRequest, IdempotencyStore } from "../../store/messages/idempotency-store.ts";
import type { Message } from "../../store/messages/message-store.ts";
import {
  type ClaimDeps,
  claimIdempotencyKey,
  type HopDeps,
  hopRefusals,
  reused,
} from "./admission.ts";
import { type DispatchDeps, storeAndEnqueue, tellFilterTroubles } from "./store-and-enqueue.ts";

export interface AcceptDeps extends DispatchDeps, ClaimDeps, HopDeps {
  readonly claims: IdempotencyStore;
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** One draft on its way. */
interface Entry {
  readonly draft: MessageDraft;
  readonly claim: ClaimRequest | undefined;
  readonly messageId: string;
  readonly mustSend: boolean;
}

/**
 * Publishes drafts to one topic. Returns for each, in order, the messageId once it is accounted for, or
 * why it is not.
 */
export async function publishMessages(
  drafts: readonly MessageDraft[],
  deps: AcceptDeps,
): Promise<(string | AppError)[]> {
  const nowMs = deps.now();
  const tooFar = await hopRefusals(drafts, deps);
  const firstOf = new Map<string, number>();
  const entries = await Promise.all(
    drafts.map((draft, index) => {
      const twin =
        draft.idempotencyKey === undefined ? undefined : firstOf.get(draft.idempotencyKey);
      if (twin !== undefined) return twin;
      if (draft.idempotencyKey !== undefined) firstOf.set(draft.idempotencyKey, index);
      return tooFar.get(draft) ?? begin(draft, nowMs, deps).catch(toAppErrorOrThrow);
    }),
  );
  const begun = entries.filter(isEntry);
  const refused = await sendAll(
    begun.filter(({ mustSend }) => mustSend),
    deps,
  );
  const results = entries.map((entry) => (isEntry(entry) ? resultOf(entry, refused) : entry));
  return results.map((result, index) =>
    typeof result === "number" ? resultOfTwin(drafts, index, result, results) : result,
  );
}

async function begin(draft: MessageDraft, nowMs: number, deps: AcceptDeps): Promise<Entry> {
  const messageId = draft.givenId ?? mintId("msg", nowMs, deps.randomBytes(10));
  const { cacheName, topicName, idempotencyKey } = draft;
  if (idempotencyKey === undefined) return { draft, claim: undefined, messageId, mustSend: true };
  const hash = requestHash(draft);
  const claim = { cacheName, topicName, idempotencyKey, requestHash: hash, messageId, nowMs };
  return { draft, claim, ...(await claimIdempotencyKey(claim, deps)) };
}

function toAppErrorOrThrow(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

function isEntry(entry: Entry | AppError | number): entry is Entry {
  return typeof entry === "object" && !(entry instanceof AppError);
}

/** Sends, then marks as sent what the queues took. Returns the ids of what they did not. */
async function sendAll(entries: readonly Entry[], deps: AcceptDeps): Promise<Set<string>> {
  const [first, ...others] = entries.map(
    ({ draft, messageId }): Message => messageOf(draft, messageId),
  );
  if (!first) return new Set();
  const { refused, troubles } = await storeAndEnqueue([first, ...others], deps);
  await tellFilterTroubles(first.facts, troubles, deps);
  const sent = entries.filter(({ messageId }) => !refused.has(messageId));
  const marked = await Promise.all(sent.map((entry) => isMarked(entry, deps)));
  measure("Accepted", marked.filter(Boolean).length);
  return new Set([
    ...refused,
    ...sent.filter((_, n) => !marked[n]).map((entry) => entry.messageId),
  ]);
}

/** A message that cannot be marked is not acknowledged, so its caller sends it again under the same id. */
async function isMarked({ claim }: Entry, { claims }: AcceptDeps): Promise<boolean> {
  try {
    if (claim) await claims.markSent(claim);
    return true;
  } catch (error) {
    if (isUnavailable(error)) return false;
    throw error;
  }
}

function resultOf({ messageId }: Entry, refused: Set<string>): string | AppError {
  if (!refused.has(messageId)) return messageId;
  return new AppError("SERVER_UNAVAILABLE", "not accepted in full; try again");
}

/** A key given twice in one batch: the second asks for the same message, or must not. */
function resultOfTwin(
  drafts: readonly MessageDraft[],
  index: number,
  first: number,
  results: readonly (string | AppError | number)[],
): string | AppError {
  const [a, b] = [drafts[first], drafts[index]];
  const result = results[first];
  const same = a && b && requestHash(a) === requestHash(b);
  return same && result !== undefined && typeof result !== "number" ? result : reused();
}
