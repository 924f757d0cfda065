import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { eventTypeFilter } from "./list-event-types.ts";

export const exportEventTypes = {
  id: "exportEventTypes",
  method: "GET",
  path: "/api/v1/event-types/{document}",
  bare: true,
  tag: "eventTypes",
  portal: "open",
  permission: "read",
  mayBePublic: true,
  params: z.object({
    document: z
      .enum(["openapi.json", "asyncapi.json"], "must be openapi.json or asyncapi.json")
      .check(z.describe("`openapi.json` is OpenAPI 3.1, `asyncapi.json` is AsyncAPI 3.")),
  }),
  query: z.strictObject(eventTypeFilter),
  statuses: [200],
  refusals: [],
  response: z.record(z.string(), z.unknown()),
  summary: "Export the event types",
  description:
    "The event types as a document of at most 4 MiB, without an envelope. importEventTypes reads " +
    "`openapi.json`. If the setting `publicEventTypes` is on, no key is needed, and types with " +
    "an audience need `audience` to be shown.",
  example: null,
} as const satisfies Route;
