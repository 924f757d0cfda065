import * as z from "zod/mini";
import { WebhookHealth } from "./health.ts";
import { WebhookId } from "./values/ids.ts";
import { CacheName, WebhookName } from "./values/names.ts";
import { Time } from "./values/time.ts";

export const bucketUnits = ["minute", "hour", "day"] as const;
export type BucketUnit = (typeof bucketUnits)[number];

const count = z.int().check(z.minimum(0));

export const StatsBucket = z
  .object({
    startTime: Time,
    delivered: count.check(z.describe("Attempts with a 2xx.")),
    failed: count.check(z.describe("Deliveries that ended without success and are not retried.")),
    attempts: count,
    byStatus: z
      .object({ "2xx": count, "3xx": count, "4xx": count, "5xx": count, none: count })
      .check(z.describe("The attempts by the status of their answer; `none` had none.")),
    latencyMs: z
      .nullable(z.object({ p50: count, p95: count }))
      .check(
        z.describe("The latency of attempts, estimated from a histogram; null without attempts."),
      ),
  })
  .check(
    z.meta({
      id: "StatsBucket",
      description: "The results of a webhook's deliveries in a minute, an hour or a day of UTC.",
    }),
  );
export type StatsBucket = z.infer<typeof StatsBucket>;

/** Whose counts are summed up, and whose states are told. */
export const maxInOverview = 1_000;
/** How many of them are told one by one. */
export const maxShownInOverview = 100;

const howMany = count.check(z.describe("Webhooks in that state."));
const stateCounts = z.object({
  ok: howMany,
  failing: howMany,
  limited: howMany,
  held: howMany,
  disabled: howMany,
});

const ShownWebhook = z.object({
  cacheName: CacheName,
  webhookName: WebhookName,
  webhookId: WebhookId,
  health: WebhookHealth,
  hours: z
    .nullable(z.array(z.array(count).check(z.length(2))).check(z.length(24)))
    .check(
      z.describe(
        "`[delivered, failed]` for each of the last 24 hours, oldest first, current hour last; null " +
          "if the deployment counts nothing.",
      ),
    ),
});

export const Overview = z
  .object({
    counts: stateCounts,
    last24Hours: z
      .nullable(
        z.object({
          delivered: count,
          failed: count,
          webhooks: count.check(
            z.describe(
              "The number of webhooks in this sum: all, or the first 1,000 by cache and name.",
            ),
          ),
        }),
      )
      .check(
        z.describe("The current hour and the 23 before; null if the deployment counts nothing."),
      ),
    webhooks: z.array(ShownWebhook).check(z.describe("The worst webhooks, at most 100.")),
  })
  .check(z.meta({ id: "Overview", description: "The health of all webhooks." }));
export type Overview = z.infer<typeof Overview>;
