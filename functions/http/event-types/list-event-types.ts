import {
  type ListEventTypesResponse,
  listEventTypes as route,
} from "../../../shared/contract/operations/event-types/list-event-types.ts";
import { cursorAfter, cursorProblems, readCursor } from "../../../shared/domain/cursor.ts";
import { presentSummary } from "../../../shared/domain/event-types/event-type-record.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type EventTypeStore,
  openEventTypeStore,
} from "../../../shared/store/event-types/event-type-store.ts";
import { isVisible } from "../../../shared/store/event-types/visible-types.ts";

interface Deps {
  readonly eventTypes: Pick<EventTypeStore, "page">;
}

const maxTypes = 1_000;

export async function listEventTypes(
  { query, caller }: Input<typeof route>,
  { eventTypes }: Deps,
): Promise<ListEventTypesResponse> {
  const scope = scopeOf(query.topicName);
  const after = readCursor(scope, query.cursor);
  const { facts, last } = await eventTypes.page(query.topicName, after, query.limit ?? maxTypes);
  return {
    eventTypes: facts.filter((one) => isVisible(one, caller, query)).map(presentSummary),
    nextCursor: last === undefined ? null : cursorAfter(scope, last),
  };
}

function scopeOf(topicName: string | undefined): string {
  return `event-types/${topicName ?? ""}`;
}

export const handler = endpoint(
  route,
  listEventTypes,
  () => ({ eventTypes: openEventTypeStore() }),
  (_, { query }) => cursorProblems(scopeOf(query.topicName), query.cursor),
);
