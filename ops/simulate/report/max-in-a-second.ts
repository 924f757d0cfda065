/** The most POSTs within any second, wherever that begins. */
export function maxInASecond(postsMs: readonly number[]): number {
  const sorted = postsMs.toSorted((a, b) => a - b);
  let most = 0;
  let behind = 0;
  for (const [first, fromMs] of sorted.entries()) {
    while ((sorted[behind] ?? Number.POSITIVE_INFINITY) < fromMs + 1_000) behind += 1;
    most = Math.max(most, behind - first);
  }
  return most;
}
