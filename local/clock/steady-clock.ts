/**
 * A clock that goes forward with another one and never back. Epoch milliseconds, of which waits are made: were the
 * machine's clock set back by an hour, they would take an hour more.
 */
export function steadyClock(
  wallMs: () => number = Date.now,
  elapsedMs: () => number = () => performance.now(),
): () => number {
  let aheadMs = wallMs() - elapsedMs();
  return () => {
    aheadMs = Math.max(aheadMs, wallMs() - elapsedMs());
    return Math.floor(aheadMs + elapsedMs());
  };
}
