import * as z from "zod/mini";
import { MessageSummary } from "../../message.ts";
import type { Route } from "../../route.ts";
import { EventInQuery } from "../../values/event.ts";
import { CacheName, TopicName } from "../../values/names.ts";
import { pagingQuery } from "../../values/paging.ts";
import { momentOf } from "../../values/time.ts";
import * as samples from "../samples.ts";

export const ListMessagesResponse = z.object({
  messages: z.array(MessageSummary),
  nextCursor: z.nullable(z.string()),
});
export type ListMessagesResponse = z.infer<typeof ListMessagesResponse>;

export const listMessages = {
  id: "listMessages",
  method: "GET",
  path: "/api/v1/caches/{cacheName}/messages",
  tag: "messages",
  permission: "read",
  portal: "open",
  params: z.object({ cacheName: CacheName }),
  /** `since` is inclusive, `until` exclusive; both by the time of the publish. */
  query: z.strictObject({
    ...pagingQuery,
    topicName: z.optional(TopicName),
    event: z.optional(EventInQuery),
    since: z.optional(momentOf("Only messages published at this time or later.")),
    until: z.optional(momentOf("Only messages published before this time.")),
  }),
  statuses: [200],
  refusals: [],
  response: ListMessagesResponse,
  summary: "List a cache's messages",
  description:
    "Newest published first, without their values, while they are stored. A page covers at most " +
    "a day, so it may be short or empty even if there is a cursor. Give `since` to reach the end " +
    "sooner.",
  example: { response: { messages: [samples.message], nextCursor: null } },
} as const satisfies Route;
