import * as z from "zod/mini";
import { PutEventTypeBody, PutEventTypeResponse } from "../../event-type.ts";
import type { Route } from "../../route.ts";
import { EventInQuery } from "../../values/event.ts";
import { TopicName } from "../../values/names.ts";
import * as sample from "./sample.ts";

export const putEventType = {
  id: "putEventType",
  method: "PUT",
  path: "/api/v1/event-types/{topicName}/{event}",
  tag: "eventTypes",
  portal: "closed",
  permission: "manage",
  needsAllCaches: true,
  params: z.object({ topicName: TopicName, event: EventInQuery }),
  body: PutEventTypeBody,
  statuses: [200, 201],
  refusals: [409],
  response: PutEventTypeResponse,
  summary: "Create or change an event type",
  description:
    "An event type is for every cache. Fields that you do not send stay as they are, and null " +
    "takes one away. A changed schema is a new version; the last 20 versions are kept. " +
    "Publishes follow within a minute. `breaking` lists what may break whoever reads or " +
    "publishes such values. Needs a key for all caches.",
  example: {
    body: {
      description: sample.summary.description,
      group: "Billing",
      validate: "enforce",
      schema: sample.schema,
      examples: sample.examples,
    },
    response: { eventType: sample.eventType, breaking: [] },
  },
} as const satisfies Route;
