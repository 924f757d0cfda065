/** AWS refuses signatures that are five minutes off; the SDK corrects its clock from four minutes on. */
const maxSkewMs = 240_000;

let offsetMs = 0;

/** The time to sign with: this machine's, corrected by what a service has said. */
export function signingTimeMs(): number {
  return Date.now() + offsetMs;
}

/**
 * Sets the clock by the `date` of an answer. Returns whether it was wrong by so much that a call signed anew
 * may be taken. An answer that took that long itself was read after a freeze, and says nothing about the time.
 */
export function correctClock(date: string | undefined, sentTimeMs: number): boolean {
  const nowMs = Date.now();
  const serverTimeMs = Date.parse(date ?? "");
  if (Number.isNaN(serverTimeMs) || nowMs - sentTimeMs >= maxSkewMs) return false;
  if (Math.abs(serverTimeMs - nowMs - offsetMs) < maxSkewMs) return false;
  offsetMs = serverTimeMs - nowMs;
  return true;
}
