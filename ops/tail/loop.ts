import { isUnavailable } from "../../shared/runtime/failures.ts";
import type { Follower } from "./follower.ts";
import type { TailLine } from "./line.ts";

interface LoopDeps {
  /** Prints a line; settles once there is room for the next. */
  readonly print: (line: TailLine) => Promise<void>;
  /** Tells the operator something that is not a line. */
  readonly tell: (sentence: string) => void;
  /** Returns whether to go on. */
  readonly pause: (ms: number) => Promise<boolean>;
}

const minPauseMs = 2_000;
const maxPauseMs = 15_000;

/** Looks again and again: soon while there is news, less and less often while there is none. */
export async function followOn(
  follower: Follower,
  { print, tell, pause }: LoopDeps,
): Promise<void> {
  let pauseMs = minPauseMs;
  do {
    const lines = await follower.look().catch((error: unknown) => {
      if (!isUnavailable(error)) throw error;
      tell(`the log cannot be read just now, and is looked at again in ${maxPauseMs / 1000} s`);
      return undefined;
    });
    for (const line of lines ?? []) await print(line);
    pauseMs = nextPauseMs(pauseMs, lines);
  } while (await pause(pauseMs));
}

function nextPauseMs(previousMs: number, lines: readonly TailLine[] | undefined): number {
  if (!lines) return maxPauseMs;
  if (lines.length > 0) return minPauseMs;
  return Math.min(maxPauseMs, previousMs * 1.25);
}
