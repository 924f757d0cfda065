import * as z from "zod/mini";

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
