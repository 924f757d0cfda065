import { exportEventTypes as route } from "../../../shared/contract/operations/event-types/export-event-types.ts";
import { maxDocumentBytes } from "../../../shared/contract/operations/event-types/import-event-types.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { asyncApiOf } from "../../../shared/domain/event-types/asyncapi-export.ts";
import type {
  EventTypeFilter,
  EventTypeRecord,
} from "../../../shared/domain/event-types/event-type-record.ts";
import { openApiOf } from "../../../shared/domain/event-types/openapi-export.ts";
import type { Caller } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type EventTypeStore,
  openEventTypeStore,
} from "../../../shared/store/event-types/event-type-store.ts";
import { isVisible } from "../../../shared/store/event-types/visible-types.ts";

interface Deps {
  readonly eventTypes: Pick<EventTypeStore, "page" | "findMany">;
}

const pageSize = 50;

export async function exportEventTypes(
  { params, query, caller }: Input<typeof route>,
  { eventTypes }: Deps,
): Promise<Record<string, unknown>> {
  const types = await matching(caller, query, eventTypes);
  return params.document === "openapi.json" ? openApiOf(types) : asyncApiOf(types);
}

async function matching(
  caller: Caller,
  filter: EventTypeFilter,
  eventTypes: Deps["eventTypes"],
): Promise<EventTypeRecord[]> {
  const found: EventTypeRecord[] = [];
  let [after, bytes]: [string | undefined, number] = [undefined, 0];
  do {
    const page = await eventTypes.page(filter.topicName, after, pageSize);
    const shown = page.facts.filter((facts) => isVisible(facts, caller, filter));
    for (const type of await eventTypes.findMany(shown)) {
      bytes += Buffer.byteLength(JSON.stringify(type));
      found.push(type);
    }
    if (bytes > maxDocumentBytes) throw tooLong();
    after = page.last;
  } while (after !== undefined);
  return found;
}

function tooLong(): AppError {
  const message = `must narrow the document: it would have more than ${maxDocumentBytes} bytes`;
  const details = [{ path: "topicName", message }];
  return new AppError("INVALID_ARGUMENT_ERROR", `topicName ${message}`, { details });
}

export const handler = endpoint(route, exportEventTypes, () => ({
  eventTypes: openEventTypeStore(),
}));
