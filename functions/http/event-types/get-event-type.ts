import { type EventType, EventTypeStatus } from "../../../shared/contract/event-type.ts";
import { getEventType as route } from "../../../shared/contract/operations/event-types/get-event-type.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import {
  noSuchEventType,
  presentEventType,
} from "../../../shared/domain/event-types/event-type-record.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type EventTypeStore,
  openEventTypeStore,
} from "../../../shared/store/event-types/event-type-store.ts";
import { isVisible } from "../../../shared/store/event-types/visible-types.ts";

interface Deps {
  readonly eventTypes: Pick<EventTypeStore, "find" | "findVersion">;
}

export async function getEventType(
  { params, query: { schemaVersion }, caller }: Input<typeof route>,
  { eventTypes }: Deps,
): Promise<EventType> {
  const record = await eventTypes.find(params);
  const anyStatus = { status: EventTypeStatus.options };
  if (!record || !isVisible(record.facts, caller, anyStatus)) throw noSuchEventType(params);
  const shown = presentEventType(record);
  if (schemaVersion === undefined || schemaVersion === shown.schemaVersion) return shown;
  const isKept = shown.versions.some((version) => version.schemaVersion === schemaVersion);
  const content = isKept ? await eventTypes.findVersion(params, schemaVersion) : undefined;
  if (!content) {
    throw new AppError("NOT_FOUND_ERROR", `version ${schemaVersion} of the schema is not kept`);
  }
  return { ...shown, ...content, schemaVersion };
}

export const handler = endpoint(route, getEventType, () => ({ eventTypes: openEventTypeStore() }));
