import type { ListDeliveriesResponse } from "../../../shared/contract/operations/deliveries/list-deliveries.ts";

/** A page that is left open for days would else grow until the browser gives up. */
const maxKept = 1_000;

/** The newest page before those older ones that go on where it ends. Ids are ordered by time. */
export function withNewest(
  known: ListDeliveriesResponse | undefined,
  newest: ListDeliveriesResponse,
): ListDeliveriesResponse {
  // Where nothing newer fits a filter, what was found further back stays.
  if (known && newest.deliveries.length === 0 && newest.nextCursor !== null) return known;
  const end = newest.deliveries.at(-1)?.messageId;
  const start = known?.deliveries[0]?.messageId;
  const isGap = end === undefined || start === undefined || end > start;
  if (!known || isGap || newest.nextCursor === null) return newest;
  const older = known.deliveries.filter(({ messageId }) => messageId < end);
  if (older.length === 0 || older.length > maxKept) return newest;
  return { deliveries: [...newest.deliveries, ...older], nextCursor: known.nextCursor };
}
