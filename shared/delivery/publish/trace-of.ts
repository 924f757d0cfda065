import { randomBytes } from "node:crypto";
import type { TraceContext, TraceHeaders } from "../../contract/values/trace-context.ts";
import { newTrace, readTrace } from "../../domain/requests/trace-context.ts";

/** The trace of what a request publishes: the caller's, or one that begins here. */
export function traceOf(
  headers: TraceHeaders,
  { tracing }: { readonly tracing: boolean },
): TraceContext | undefined {
  return tracing ? (readTrace(headers) ?? newTrace(randomBytes(24))) : undefined;
}
