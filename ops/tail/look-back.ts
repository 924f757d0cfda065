const minMs = 60_000;
/** Every 64th look goes furthest. */
const doublings = 6;

export const maxLookBackMs = minMs * 2 ** doublings;

/**
 * How far behind the previous look the n-th one begins, from n = 1 on: a minute, every second time two,
 * every fourth time four … So what is recorded late is found, the later it is the later, and looks still
 * read but some four minutes of the log on average.
 */
export function lookBackMs(n: number): number {
  let doubled = 0;
  while (doubled < doublings && n % 2 ** (doubled + 1) === 0) doubled += 1;
  return minMs * 2 ** doubled;
}
