import { AppError } from "../../domain/app-error.ts";
import { realTimers, type Timers } from "../../runtime/timers.ts";

/** Answered by a write that someone else's write overtook: read again, decide again. */
export const overtaken = Symbol("overtaken");

export interface RaceDeps {
  readonly timers: Timers;
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

const tries = 12;
const longestPauseMs = 200;

/** Repeats read-decide-write until the write wins; gives up after a bounded number of tries. */
export async function untilWritten<T>(
  attempt: () => Promise<T | typeof overtaken>,
  { timers = realTimers, random = Math.random }: Partial<RaceDeps> = {},
): Promise<T> {
  for (let n = 0; n < tries; n += 1) {
    const result = await attempt();
    if (result !== overtaken) return result;
    await timers.wait(random() * Math.min(longestPauseMs, 10 * 2 ** n));
  }
  throw new AppError("FAILED_PRECONDITION_ERROR", "others are changing this webhook; try again");
}
