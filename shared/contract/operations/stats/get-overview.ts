import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { Overview } from "../../stats.ts";
import { CacheName } from "../../values/names.ts";
import * as samples from "../samples.ts";

export const getOverview = {
  id: "getOverview",
  method: "GET",
  path: "/api/v1/overview",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({}),
  query: z.strictObject({
    cacheName: z.optional(CacheName.check(z.describe("Only the webhooks of this cache."))),
  }),
  statuses: [200],
  refusals: [],
  response: Overview,
  summary: "Get an overview of all webhooks",
  description:
    "For the caches of the key: the number of webhooks in each state, the results of the last 24 " +
    "hours, and the worst webhooks. Worst are `held`, then `failing`, `limited`, `disabled` and " +
    "`ok`. Within a state, those with more waiting deliveries or an older state come first. Sums " +
    "up the first 1,000 webhooks, by cache and name, and finds all that are not ok.",
  example: {
    response: {
      counts: { ok: 1, failing: 0, limited: 0, held: 1, disabled: 0 },
      last24Hours: { delivered: 2412, failed: 3, webhooks: 2 },
      webhooks: [
        {
          ...samples.names,
          webhookId: samples.webhookId,
          health: {
            state: "held",
            since: "2024-01-24T18:20:29Z",
            lastAttemptTime: "2024-01-24T18:42:12Z",
            lastSuccessTime: "2024-01-24T18:19:02Z",
            lastStatusCode: 503,
            lastError: "HTTP 503",
            waiting: 61,
            nextProbeTime: "2024-01-24T18:44:29Z",
            nextFreeTime: null,
          },
          hours: Array.from({ length: 24 }, (_, hour) => (hour < 23 ? [52, 0] : [12, 3])),
        },
      ],
    },
  },
} as const satisfies Route;
