import type { MessageMetadata } from "../../contract/jobs.ts";
import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import type { TraceContext, TraceHeaders } from "../../contract/values/publish-headers.ts";

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

const key = /^([a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})$/;
/** Visible ASCII and inner spaces, but for the comma and the equals sign. */
const value = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

const maxCharacters = 512;
const maxMembers = 32;

/** Whether it is a list as W3C Trace Context describes it, of a length that everybody has to take. */
function isTracestate(text: string): boolean {
  if (text.length > maxCharacters) return false;
  const members = text
    .split(",")
    .map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ""))
    .filter((member) => member !== "");
  const keys = new Set(members.map((member) => member.split("=")[0]));
  return (
    members.length >= 1 &&
    members.length <= maxMembers &&
    keys.size === members.length &&
    members.every(isMember)
  );
}

function isMember(member: string): boolean {
  const equals = member.indexOf("=");
  return equals > 0 && key.test(member.slice(0, equals)) && value.test(member.slice(equals + 1));
}
