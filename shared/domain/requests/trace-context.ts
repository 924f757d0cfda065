import type { MessageMetadata } from "../../contract/jobs.ts";
import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import type { TraceContext, TraceHeaders } from "../../contract/values/trace-context.ts";
import { isTracestate } from "./tracestate.ts";

/** Version, trace-id, parent-id, flags, and what a later version may add; ids of zeros are invalid. */
const pattern =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The flags that are defined: sampled, and trace-id random. Others must not be passed on. */
const knownFlags = 0b11;

/** The trace that valid headers tell of. A `tracestate` that is not valid, or too long, is left behind. */
export function readTrace({
  traceparent = "",
  tracestate,
}: TraceHeaders): TraceContext | undefined {
  const [, version, traceId, parentId, flags = "", addition] = pattern.exec(traceparent) ?? [];
  if (!traceId || !parentId || (version === "00" && addition !== undefined)) return undefined;
  const known = Number.parseInt(flags, 16) & knownFlags;
  return {
    traceparent: traceparentOf(traceId, parentId, `0${known}`),
    ...(tracestate !== undefined && isTracestate(tracestate) && { tracestate }),
  };
}

/**
 * A trace that begins with a publish, from 24 random bytes. It is marked as sampled: receivers commonly
 * record nothing of a trace that is not, and would lose the traces that they had before.
 */
export function newTrace(random: Buffer): TraceContext {
  const [traceId, parentId] = [random.subarray(0, 16), random.subarray(16, 24)];
  return { traceparent: traceparentOf(traceId.toString("hex"), parentId.toString("hex"), "03") };
}

/**
 * What an attempt tells its receiver: the same trace, and the attempt itself, by 8 random bytes, as the
 * parent. `traceparent` cannot be a custom header; a custom `tracestate` is the webhook's owner's to decide.
 */
export function traceHeaders(
  { traceparent, tracestate }: TraceContext,
  attemptId: Buffer,
  custom: CustomHeaders,
): Record<string, string> {
  const [, traceId, , flags] = traceparent.split("-");
  const headers = { traceparent: traceparentOf(traceId, attemptId.toString("hex"), flags) };
  const isCustom = Object.keys(custom).some((name) => name.toLowerCase() === "tracestate");
  return tracestate === undefined || isCustom ? headers : { ...headers, tracestate };
}

/** For logs; undefined where the message belongs to no trace. */
export function traceIdOf({ trace }: Pick<MessageMetadata, "trace">): string | undefined {
  return trace?.traceparent.split("-")[1];
}

function traceparentOf(...[traceId, parentId, flags]: (string | undefined)[]): string {
  return ["00", traceId, parentId, flags].join("-");
}
