import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { EventInQuery } from "../../values/event.ts";
import { TopicName } from "../../values/names.ts";

export const deleteEventType = {
  id: "deleteEventType",
  method: "DELETE",
  path: "/api/v1/event-types/{topicName}/{event}",
  tag: "eventTypes",
  portal: "closed",
  permission: "manage",
  needsAllCaches: true,
  params: z.object({ topicName: TopicName, event: EventInQuery }),
  statuses: [200],
  refusals: [404, 409],
  response: z.strictObject({}),
  summary: "Delete an event type",
  description:
    "Deletes the event type with every version of its schema. Publishes follow within a minute. " +
    "To keep it for reading, set its status to `archived`. Needs a key for all caches.",
  example: { response: {} },
} as const satisfies Route;
