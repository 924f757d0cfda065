import { AppError } from "../../domain/app-error.ts";
import type { Timers } from "../../runtime/timers.ts";
import type {
  Claim,
  ClaimRequest,
  IdempotencyStore,
} from "../../store/messages/idempotency-store.ts";

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

export function reused(): AppError {
  const message = "this Idempotency-Key was used for another message within the last 24 hours";
  const details = [{ path: "idempotency-key", message: "was used for another message" }];
  return new AppError("ALREADY_EXISTS_ERROR", message, { details });
}
