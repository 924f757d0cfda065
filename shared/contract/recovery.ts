import * as z from "zod/mini";
import { Time } from "./values/time.ts";

/** `failed`: deliveries that have failed; `missing`: messages of which there is no delivery at all. */
export const RecoveryMode = z.enum(["failed", "missing"]);

/** What came back last: a status of that hundred, or no answer at all. */
export const StatusClass = z
  .enum(["4xx", "5xx", "none"])
  .check(
    z.describe(
      "Only deliveries whose last answer was of this class; `none` is no answer. Only with " +
        "`failed`.",
    ),
  );

/**
 * `stopped` when the webhook was deleted or became inactive before the end, or another recovery took its place after
 * it had stood still.
 */
export const RecoveryState = z.enum(["running", "completed", "stopped"]);

export const Recovery = z
  .object({
    state: RecoveryState,
    /** Deliveries found so far. */
    matched: z.int(),
    /** How many of them have been handed to the delivery queue. */
    enqueued: z.int(),
    dryRun: z.optional(
      z.literal(true).check(z.describe("True if it only counts; absent if it sends.")),
    ),
    startedTime: Time,
    endedTime: z.nullable(Time),
  })
  .check(z.meta({ id: "Recovery", description: "The progress of a recovery." }));
export type Recovery = z.infer<typeof Recovery>;
