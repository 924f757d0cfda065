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

/** Of W3C Trace Context, which asks that a malformed header be ignored, so none is refused. */
export const TraceHeaders = z.object({
  traceparent: z.optional(
    z
      .string()
      .check(
        z.describe(
          "The trace of this publish (W3C Trace Context). If the deployment has tracing on, each " +
            "attempt sends a `traceparent` of the same trace with its own parent-id. A publish without a " +
            "valid one begins a trace. Without tracing it has no effect.",
        ),
      ),
  ),
  tracestate: z.optional(
    z
      .string()
      .check(
        z.describe(
          "Passed on unchanged with a valid `traceparent`, if it is valid and has at most 512 " +
            "characters.",
        ),
      ),
  ),
});
export type TraceHeaders = z.infer<typeof TraceHeaders>;

/** The trace that a message belongs to, in the words of the headers, valid ones. */
export const TraceContext = z.object({
  traceparent: z.string(),
  tracestate: z.optional(z.string()),
});
export type TraceContext = z.infer<typeof TraceContext>;
