// @ts-check
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** @type {(() => void) | undefined} */
let collect;

/** Collects this thread's garbage at once; takes some milliseconds, so it is for a thread that rests. */
export function collectGarbage() {
  collect ??= collector();
  collect();
}

/**
 * Only a context that is made while the flag is set has it, so functions do not see it.
 * @returns {() => void}
 */
function collector() {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return gc;
}
