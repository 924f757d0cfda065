import { AppError } from "../../domain/app-error.ts";
import { realTimers, type Timers } from "../../runtime/timers.ts";

/** Returned by a write that lost to another: read again, decide again. */
export const conflict = Symbol("conflict");

export interface RetryDeps {
  readonly timers: Timers;
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

const tries = 12;
const maxPauseMs = 200;

/** Repeats read-decide-write until the write wins; gives up after a bounded number of tries. */
export async function retryOnConflict<T>(
  attempt: () => Promise<T | typeof conflict>,
  { timers = realTimers, random = Math.random }: Partial<RetryDeps> = {},
): Promise<T> {
  for (let n = 0; n < tries; n += 1) {
    const result = await attempt();
    if (result !== conflict) return result;
    await timers.wait(random() * Math.min(maxPauseMs, 10 * 2 ** n));
  }
  throw new AppError("FAILED_PRECONDITION_ERROR", "others are changing this webhook; try again");
}
