/** How long the last of a group may wait behind the first, in the function that posts them all. */
export const maxRideMs = 2_000;
/** As many as one function posts at once to a receiver that may be slow. */
const maxTogether = 5;

/**
 * For each slot, in the order of time, the slot that its job is sent off for: the first of a group that is near enough
 * to be handled by one function. Each job alone would cost a receive, a read and a delete of its own.
 */
export function departures(slotsMs: readonly number[]): number[] {
  const groups: number[][] = [];
  for (const timeMs of slotsMs) {
    const group = groups.at(-1);
    const firstMs = group?.[0] ?? Number.NEGATIVE_INFINITY;
    if (group && group.length < maxTogether && timeMs - firstMs <= maxRideMs) group.push(timeMs);
    else groups.push([timeMs]);
  }
  return groups.flatMap((group) => group.map(() => group[0] ?? 0));
}
