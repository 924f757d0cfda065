import * as z from "zod/mini";

/** A message that was forwarded more often than this is refused: what goes on for longer is a loop. */
export const maxHops = 4;

/**
 * The mark of a delivery, on its way back to the service. A malformed one is refused and not ignored: none of
 * ours is, so somebody has changed it, and to start counting anew would let a loop go on.
 */
export const HopHeaders = z.object({
  "webhook-hops": z.optional(
    z
      .pipe(z.string().check(z.regex(/^[0-9]+$/, "must be a whole number")), z.transform(Number))
      .check(
        z.describe(
          "The header of that name of a delivery, where the request passes a delivery on: how often its message " +
            `was forwarded. More than ${maxHops} is refused with 409; forwarded messages have a budget for each cache.`,
        ),
      ),
  ),
});
export type HopHeaders = z.infer<typeof HopHeaders>;
