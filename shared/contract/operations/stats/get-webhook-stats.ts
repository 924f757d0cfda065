import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { bucketUnits, StatsBucket } from "../../stats.ts";
import { WebhookId } from "../../values/ids.ts";
import { momentOf } from "../../values/time.ts";

export const GetWebhookStatsQuery = z.strictObject({
  since: z.optional(
    momentOf("Begins with the bucket that contains this time (default: 24 hours ago)."),
  ),
  until: z.optional(momentOf("Ends with the bucket before this time (default: now).")),
  by: z.optional(
    z
      .enum(bucketUnits)
      .check(
        z.describe(
          "The length of a bucket (default: a minute for up to 2 hours, an hour for up to 7 days, else " +
            "a day).",
        ),
      ),
  ),
});
export type GetWebhookStatsQuery = z.infer<typeof GetWebhookStatsQuery>;

const GetWebhookStatsResponse = z.object({
  buckets: z
    .nullable(z.array(StatsBucket))
    .check(
      z.describe("Oldest first, including empty ones; null if the deployment counts nothing."),
    ),
});
export type GetWebhookStatsResponse = z.infer<typeof GetWebhookStatsResponse>;

export const getWebhookStats = {
  id: "getWebhookStats",
  method: "GET",
  path: "/api/v1/Webhooks/{webhookId}/stats",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  query: GetWebhookStatsQuery,
  statuses: [200],
  refusals: [404],
  response: GetWebhookStatsResponse,
  summary: "Get a webhook's counts over time",
  description:
    "At most 1,440 buckets of a minute, an hour or a day of UTC. Minutes are available for 48 " +
    "hours, hours and days for 30 days, and buckets begin no earlier. The counts are a few " +
    "seconds late, and approximate if SQS delivers a job twice. Test events are not counted.",
  example: {
    response: {
      buckets: [
        {
          startTime: "2024-01-24T18:00:00Z",
          delivered: 118,
          failed: 1,
          attempts: 123,
          byStatus: { "2xx": 118, "3xx": 0, "4xx": 0, "5xx": 4, none: 1 },
          latencyMs: { p50: 46, p95: 188 },
        },
      ],
    },
  },
} as const satisfies Route;
