import * as z from "zod/mini";

export const Format = z
  .enum(["standard", "raw", "momento", "thredd", "cloudevents", "slack", "teams"])
  .check(
    z.meta({
      id: "Format",
      description:
        "The format of a delivery's body. `slack` and `teams` write alerts for people, and are only " +
        "for topics that begin with `$`, which carry events about webhooks.",
    }),
  );
export type Format = z.infer<typeof Format>;

export const WebhookStatus = z.enum(["active", "inactive"]);
export const StatusReason = z
  .enum(["gone", "failing"])
  .check(
    z.describe(
      "Why the service made it inactive: the receiver answered 410 Gone, or every attempt failed " +
        "for days.",
    ),
  );

/** The integers that JSON's numbers hold exactly. */
export const WholeNumber = z.int(
  `must be an integer from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`,
);
export const ProductId = z
  .nullable(WholeNumber)
  .check(z.describe("Only messages of this product; null means any or none."));
