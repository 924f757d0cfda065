import * as z from "zod/mini";

/** Of W3C Trace Context, which asks that a malformed header be ignored, so none is refused. */
export const TraceHeaders = z.object({
  traceparent: z.optional(
    z
      .string()
      .check(
        z.describe(
          "The trace that this publish belongs to (W3C Trace Context). Where the deployment has tracing on, " +
            "each attempt sends a `traceparent` of the same trace to the receiver, with a parent-id of its " +
            "own; a publish without a valid one begins a trace. Otherwise it has no effect.",
        ),
      ),
  ),
  tracestate: z.optional(
    z
      .string()
      .check(
        z.describe(
          "Goes with a valid `traceparent` and is passed on as it is, if it is valid and has at most 512 characters.",
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
