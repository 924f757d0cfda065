import * as z from "zod/mini";
import { includeHealth, statesQuery } from "../../health.ts";
import type { Route } from "../../route.ts";
import { CacheName, TopicName } from "../../values/names.ts";
import { pagingQuery } from "../../values/paging.ts";
import { WebhookStatus } from "../../values/webhook-values.ts";
import * as samples from "../samples.ts";
import { ListWebhooksResponse } from "./list-webhooks.ts";

export const listAllWebhooks = {
  id: "listAllWebhooks",
  method: "GET",
  path: "/api/v1/Webhooks",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({}),
  query: z.strictObject({
    ...pagingQuery,
    cacheName: z.optional(CacheName),
    topicName: z.optional(TopicName),
    webhookStatus: z.optional(WebhookStatus.check(z.describe("Only webhooks with this status."))),
    state: statesQuery,
    include: includeHealth,
  }),
  statuses: [200],
  refusals: [],
  response: ListWebhooksResponse,
  summary: "List the webhooks of every cache",
  description:
    "Every webhook of the caches that the key covers, by cache and name. A page may be short " +
    "even if there is a cursor. With `include=health` a page has at most 100 webhooks. `state` " +
    "without `ok` reads only webhooks that are not ok.",
  example: { response: { webhooks: [samples.webhook], nextCursor: null } },
} as const satisfies Route;
