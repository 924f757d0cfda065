import * as z from "zod/mini";
import { Time } from "./values/time.ts";

export const bucketUnits = ["minute", "hour", "day"] as const;
export type BucketUnit = (typeof bucketUnits)[number];

const count = z.int().check(z.minimum(0));

export const StatsBucket = z
  .object({
    startTime: Time,
    delivered: count.check(z.describe("Attempts that a receiver took: a 2xx.")),
    failed: count.check(
      z.describe("Deliveries that ended without success: no further attempt is made."),
    ),
    attempts: count,
    byStatus: z
      .object({ "2xx": count, "3xx": count, "4xx": count, "5xx": count, none: count })
      .check(z.describe("The attempts by the status of their answer; `none` had none.")),
    latencyMs: z
      .nullable(z.object({ p50: count, p95: count }))
      .check(z.describe("How long attempts took, estimated from a histogram; null without any.")),
  })
  .check(
    z.meta({
      id: "StatsBucket",
      description: "What a webhook's deliveries came to in a minute, an hour or a day of UTC.",
    }),
  );
export type StatsBucket = z.infer<typeof StatsBucket>;
