import type { PutEventTypeResponse } from "../../../shared/contract/event-type.ts";
import { putEventType as route } from "../../../shared/contract/operations/event-types/put-event-type.ts";
import {
  ownTopicProblems,
  presentEventType,
} from "../../../shared/domain/event-types/event-type-record.ts";
import { schemaProblems } from "../../../shared/domain/event-types/schema-problems.ts";
import { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type EventTypeStore,
  openEventTypeStore,
} from "../../../shared/store/event-types/event-type-store.ts";
import { putType } from "../../../shared/store/event-types/put-type.ts";

interface Deps {
  readonly eventTypes: Pick<EventTypeStore, "find" | "write">;
  readonly now: () => number;
}

export async function putEventType(
  { params, body }: Input<typeof route>,
  deps: Deps,
): Promise<ApiResponse<PutEventTypeResponse>> {
  const { previous, next, breaking } = await putType(params, body, deps);
  const value = { eventType: presentEventType(next), breaking };
  return new ApiResponse(value, { status: previous ? 200 : 201 });
}

export const handler = endpoint(
  route,
  putEventType,
  () => ({ eventTypes: openEventTypeStore(), now: Date.now }),
  (json, { pathParameters }) => {
    const { schema = null }: { schema?: unknown } = Object(json);
    return [
      ...ownTopicProblems(pathParameters.topicName),
      ...(schema === null ? [] : schemaProblems(schema)),
    ];
  },
);
