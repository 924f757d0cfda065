import * as z from "zod/mini";
import { DeliverySummary, deliveryStatuses } from "../../delivery.ts";
import type { Route } from "../../route.ts";
import { EventInQuery } from "../../values/event.ts";
import { WebhookId } from "../../values/ids.ts";
import { pagingQuery } from "../../values/paging.ts";
import { momentOf } from "../../values/time.ts";
import { ShownCacheStatus } from "../../webhook.ts";
import * as samples from "../samples.ts";

/** A status, all of a hundred, or no answer at all. */
const LastStatusCode = z
  .string()
  .check(
    z.regex(/^([1-5]\d\d|[1-5]xx|none)$/, "must be a status such as 503, 5xx, or none"),
    z.describe(
      "Only deliveries whose last attempt got this status: one such as `503`, a class such as `5xx`, or " +
        "`none` for no answer.",
    ),
  );

/** `since` is inclusive, `until` exclusive; both by the time of the publish. */
export const ListDeliveriesQuery = z.strictObject({
  ...pagingQuery,
  status: z.optional(
    z.enum(deliveryStatuses).check(z.describe("Only deliveries with this status.")),
  ),
  lastStatusCode: z.optional(LastStatusCode),
  event: z.optional(EventInQuery),
  since: z.optional(momentOf("Only messages published at this time or later.")),
  until: z.optional(momentOf("Only messages published before this time.")),
});

export const ListDeliveriesResponse = z.object({
  cacheStatus: ShownCacheStatus,
  deliveries: z.array(DeliverySummary),
  nextCursor: z.nullable(z.string()),
});
export type ListDeliveriesResponse = z.infer<typeof ListDeliveriesResponse>;

export const listDeliveries = {
  id: "listDeliveries",
  method: "GET",
  path: "/api/v1/Webhooks/{webhookId}/deliveries",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  query: ListDeliveriesQuery,
  statuses: [200],
  refusals: [404],
  response: ListDeliveriesResponse,
  summary: "List a webhook's deliveries",
  description:
    "Newest published first. A delivery enters the list after its first attempt. The log of a " +
    "deleted webhook stays readable until it expires. With `lastStatusCode` or `event` a page looks at " +
    "about 500 deliveries, so it may be short or empty even if there is a cursor.",
  example: { response: { deliveries: [samples.delivery], nextCursor: null } },
} as const satisfies Route;
