import * as z from "zod/mini";
import { AudienceTag, EventTypeStatus, EventTypeSummary } from "../../event-type.ts";
import type { Route } from "../../route.ts";
import { TopicName } from "../../values/names.ts";
import { pagingQuery } from "../../values/paging.ts";
import * as sample from "./sample.ts";

/** Several statuses with commas between them. */
const Statuses = z
  .pipe(
    z.transform((text: unknown) => (typeof text === "string" ? text.split(",") : text)),
    z.array(EventTypeStatus).check(z.minLength(1)),
  )
  .check(z.describe("Only types with one of these statuses; default: `active,deprecated`."));

/** Which types a list or a document has. */
export const eventTypeFilter = {
  topicName: z.optional(TopicName),
  status: z.optional(Statuses),
  audience: z.optional(
    AudienceTag.check(z.describe("A tag: leaves out types that name other audiences.")),
  ),
};

export const ListEventTypesResponse = z.object({
  eventTypes: z.array(EventTypeSummary),
  nextCursor: z.nullable(z.string()),
});
export type ListEventTypesResponse = z.infer<typeof ListEventTypesResponse>;

export const listEventTypes = {
  id: "listEventTypes",
  method: "GET",
  path: "/api/v1/event-types",
  tag: "eventTypes",
  portal: "open",
  permission: "read",
  params: z.object({}),
  query: z.strictObject({ ...pagingQuery, ...eventTypeFilter }),
  statuses: [200],
  refusals: [],
  response: ListEventTypesResponse,
  summary: "List the event types",
  description:
    "The event types of the deployment by topic and event, without schemas and examples. They " +
    "are the same for every cache. A page may be short even if there is a cursor.",
  example: { response: { eventTypes: [sample.summary], nextCursor: null } },
} as const satisfies Route;
