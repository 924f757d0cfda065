import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../domain/app-error.ts";
import type { Claim, ClaimRequest, IdempotencyStore } from "../store/idempotency-store.ts";

const pollMs = 50;
const polls = 20;

/**
 * Sends a message at most once for each `Idempotency-Key`, and answers the id under which it was sent. A
 * twin at the same time is waited for; one that died before the queue had accepted everything is finished
 * under its own messageId, so that receivers can tell the copies.
 */
export async function publishOnce(
  request: ClaimRequest,
  store: IdempotencyStore,
  send: (messageId: string) => Promise<void>,
): Promise<string> {
  const earlier = await store.claim(request);
  if (earlier && earlier.requestHash !== request.requestHash) throw reused();
  if (earlier && (await isSent(earlier, request, store))) return earlier.messageId;
  const messageId = earlier?.messageId ?? request.messageId;
  await send(messageId);
  await store.markSent(request);
  return messageId;
}

async function isSent(
  earlier: Claim,
  request: ClaimRequest,
  store: IdempotencyStore,
): Promise<boolean> {
  let claim: Claim | undefined = earlier;
  for (let n = 0; n < polls && claim && !claim.sent; n += 1) {
    await wait(pollMs);
    claim = await store.find(request);
  }
  return claim?.sent ?? false;
}

function reused(): AppError {
  const message = "this Idempotency-Key was used for another message within the last 24 hours";
  const details = [{ path: "idempotency-key", message: "was used for another message" }];
  return new AppError("ALREADY_EXISTS_ERROR", message, { details });
}
