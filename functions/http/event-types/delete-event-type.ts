import { deleteEventType as route } from "../../../shared/contract/operations/event-types/delete-event-type.ts";
import { noSuchEventType } from "../../../shared/domain/event-types/event-type-record.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type EventTypeStore,
  openEventTypeStore,
} from "../../../shared/store/event-types/event-type-store.ts";
import { retryOnConflict } from "../../../shared/store/table/table.ts";

interface Deps {
  readonly eventTypes: Pick<EventTypeStore, "find" | "remove">;
}

export async function deleteEventType(
  { params }: Input<typeof route>,
  { eventTypes }: Deps,
): Promise<Record<string, never>> {
  await retryOnConflict(async () => {
    const record = await eventTypes.find(params);
    if (!record) throw noSuchEventType(params);
    return eventTypes.remove(record);
  });
  return {};
}

export const handler = endpoint(route, deleteEventType, () => ({
  eventTypes: openEventTypeStore(),
}));
