import { type HopHeaders, maxHops } from "../../contract/values/publish-headers.ts";
import { AppError } from "../../domain/app-error.ts";
import { type MessageDraft, requestHash } from "../../domain/messages/message-draft.ts";
import { measure } from "../../runtime/logger.ts";
import type { Timers } from "../../runtime/timers.ts";
import type {
  Claim,
  ClaimRequest,
  IdempotencyStore,
} from "../../store/messages/idempotency-store.ts";
import type { HopQuota } from "../../store/messages/quotas.ts";

/** Under which id a message goes, and whether it still has to be sent. */
export interface IdempotencyClaim {
  readonly messageId: string;
  readonly mustSend: boolean;
}

export interface ClaimDeps {
  readonly claims: Pick<IdempotencyStore, "claim" | "find">;
  readonly timers: Timers;
}

const pollMs = 50;
const polls = 20;

/**
 * Decides who sends the message of an `Idempotency-Key`. A twin at the same time is waited for; one that
 * died before the queue had accepted everything is finished under its own messageId, so that receivers
 * can tell the copies. Whoever must send marks the claim as sent afterwards.
 */
export async function claimIdempotencyKey(
  request: ClaimRequest,
  deps: ClaimDeps,
): Promise<IdempotencyClaim> {
  const earlier = await deps.claims.claim(request);
  if (!earlier) return { messageId: request.messageId, mustSend: true };
  if (earlier.requestHash !== request.requestHash) throw reused();
  return { messageId: earlier.messageId, mustSend: !(await isSent(earlier, request, deps)) };
}

async function isSent(
  earlier: Claim,
  request: ClaimRequest,
  { claims, timers }: ClaimDeps,
): Promise<boolean> {
  let claim: Claim | undefined = earlier;
  for (let n = 0; n < polls && claim && !claim.sent; n += 1) {
    await timers.wait(pollMs);
    claim = await claims.find(request);
  }
  return claim?.sent ?? false;
}

/**
 * Whether the same publish was admitted before under its key: whatever the catalogue asks for since, the key still stands
 * for that message.
 */
export async function isRepeat(
  draft: MessageDraft,
  claims: Pick<IdempotencyStore, "find">,
): Promise<boolean> {
  const { cacheName, topicName, idempotencyKey } = draft;
  if (idempotencyKey === undefined) return false;
  const earlier = await claims.find({ cacheName, topicName, idempotencyKey });
  return earlier?.requestHash === requestHash(draft);
}

export function reused(): AppError {
  const message = "this Idempotency-Key was used for another message within the last 24 hours";
  const details = [{ path: "idempotency-key", message: "was used for another message" }];
  return new AppError("ALREADY_EXISTS_ERROR", message, { details });
}

/** How often what a request asks for was forwarded before; throws where that is too often. */
export function hopsOf({ "webhook-hops": hops = 0 }: HopHeaders): number {
  if (hops <= maxHops) return hops;
  measure("HopsRefused", 1);
  throw tooManyHops();
}

export interface HopDeps {
  readonly hopQuota: HopQuota;
  readonly now: () => number;
}

/**
 * The drafts of one cache that are refused for having been forwarded: too often, or more of them than the
 * cache has left in this minute. Drafts that come from no delivery cost nothing.
 */
export async function hopRefusals(
  drafts: readonly MessageDraft[],
  deps: HopDeps,
): Promise<Map<MessageDraft, AppError>> {
  const tooFar = drafts.filter(({ hops }) => hops > maxHops);
  const hopped = drafts.filter(({ hops }) => hops > 0 && hops <= maxHops);
  const overBudget = await budgetRefusal(hopped, deps);
  const refusals = new Map([
    ...tooFar.map((draft) => [draft, tooManyHops()] as const),
    ...(overBudget ? hopped.map((draft) => [draft, overBudget] as const) : []),
  ]);
  if (refusals.size > 0) measure("HopsRefused", refusals.size);
  return refusals;
}

async function budgetRefusal(
  hopped: readonly MessageDraft[],
  { hopQuota, now }: HopDeps,
): Promise<AppError | undefined> {
  const [first] = hopped;
  if (!first) return undefined;
  try {
    await hopQuota.take(first.cacheName, hopped.length, now());
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function tooManyHops(): AppError {
  const details = [{ path: "webhook-hops", message: `must be at most ${maxHops}` }];
  const message = "this message has been forwarded too often";
  return new AppError("FAILED_PRECONDITION_ERROR", message, { details });
}
