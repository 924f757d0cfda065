// @ts-check
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** @type {(() => void) | undefined} */
let collect;

/** Collects this thread's garbage at once; takes some milliseconds, so it is for a thread that rests. */
export function collectGarbage() {
  collect ??= collector();
  collect?.();
}

/**
 * Only a context that is made while the flag is set has it, so functions do not see it. All threads have one flag:
 * where another takes it back in between, there is nothing to call, and the next rest tries again.
 * @returns {(() => void) | undefined}
 */
function collector() {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  return gc;
}
