import { type HopHeaders, maxHops } from "../../contract/values/hops.ts";
import { AppError } from "../../domain/app-error.ts";
import type { MessageDraft } from "../../domain/messages/message-draft.ts";
import { measure } from "../../runtime/metrics.ts";
import type { HopQuota } from "../../store/quotas/hop-quota.ts";

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
