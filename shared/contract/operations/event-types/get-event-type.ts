import * as z from "zod/mini";
import { EventType } from "../../event-type.ts";
import type { Route } from "../../route.ts";
import { EventInQuery } from "../../values/event.ts";
import { TopicName } from "../../values/names.ts";
import * as sample from "./sample.ts";

const range = "must be a whole number from 1 on";

const SchemaVersion = z
  .pipe(
    z.transform((text: unknown) => (/^[0-9]{1,16}$/.test(String(text)) ? Number(text) : text)),
    z.int(range).check(z.minimum(1, range)),
  )
  .check(z.describe("A version of the schema, with its examples; default: the last one."));

export const getEventType = {
  id: "getEventType",
  method: "GET",
  path: "/api/v1/event-types/{topicName}/{event}",
  tag: "eventTypes",
  portal: "open",
  permission: "read",
  params: z.object({ topicName: TopicName, event: EventInQuery }),
  query: z.strictObject({ schemaVersion: z.optional(SchemaVersion) }),
  statuses: [200],
  refusals: [404],
  response: EventType,
  summary: "Get an event type",
  description: "The event type with its schema, its examples and the versions that are kept.",
  example: { response: sample.eventType },
} as const satisfies Route;
