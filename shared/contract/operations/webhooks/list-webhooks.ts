import * as z from "zod/mini";
import { includeHealth, statesQuery } from "../../health.ts";
import type { Route } from "../../route.ts";
import { CacheName, TopicName } from "../../values/names.ts";
import { pagingQuery } from "../../values/paging.ts";
import { Webhook } from "../../webhook.ts";
import * as samples from "../samples.ts";

export const ListWebhooksResponse = z.object({
  webhooks: z.array(Webhook),
  nextCursor: z.nullable(z.string()),
});
export type ListWebhooksResponse = z.infer<typeof ListWebhooksResponse>;

export const listWebhooks = {
  id: "listWebhooks",
  method: "GET",
  path: "/api/v1/caches/{cacheName}/webhooks",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({ cacheName: CacheName }),
  query: z.strictObject({
    ...pagingQuery,
    topicName: z.optional(TopicName),
    state: statesQuery,
    include: includeHealth,
  }),
  statuses: [200],
  refusals: [],
  response: ListWebhooksResponse,
  summary: "List the webhooks of a cache",
  description:
    "By name. You can call it as often as needed; caching the list reduces calls and improves " +
    "performance. With `include=health` a page has at most 100 webhooks. `state` without `ok` " +
    "reads only webhooks that are not ok.",
  example: { response: { webhooks: [samples.webhook], nextCursor: null } },
} as const satisfies Route;
