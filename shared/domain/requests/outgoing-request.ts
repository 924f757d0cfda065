import type { DeliveryJob, MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import type { TraceContext, TraceHeaders } from "../../contract/values/publish-headers.ts";
import { headersOfSignature } from "../../contract/values/signature-recipe.ts";
import type { Format } from "../../contract/webhook.ts";
import { hopHeader, hopsAfter, posesAsHopHeader } from "../messages/message-draft.ts";
import type { Secret } from "../webhooks/sealed.ts";
import { renderBody } from "./render.ts";
import {
  isInForce,
  momentoSignature,
  type Signing,
  signedHeaders,
  standardSignature,
} from "./signatures.ts";

/** Everything about a webhook that shapes its requests, opened and ready for use. */
export interface Target {
  readonly url: string;
  readonly format: Format;
  readonly timeoutSeconds: number;
  readonly headers: CustomHeaders;
  /** The new secret first; two of them while a rotation's grace lasts. */
  readonly secrets: readonly [Secret, ...Secret[]];
  readonly signing: Signing;
  /** What alerts link to; nothing where there is no console. */
  readonly consoleUrl?: string | undefined;
}

export interface OutgoingRequest {
  /** Whose it is: what receivers' names cost is bounded for each cache. */
  readonly cacheName: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly timeoutMs: number;
}

const userAgent = "Hookcast/0 (+https://github.com/hookcast/hookcast#readme)";

/** Which attempt it is, and what it tells of the trace that the message belongs to. */
interface AttemptFacts {
  readonly attempt: number;
  readonly nowMs: number;
  readonly traceHeaders?: Record<string, string>;
}

/** One attempt as it goes out: the bytes that are signed are the bytes that are sent. */
export function outgoingRequest(
  target: Target,
  message: DeliveryJob["message"],
  payload: Payload,
  { attempt, nowMs, traceHeaders = {} }: AttemptFacts,
): OutgoingRequest {
  const { body, contentType } = renderBody(
    target.format,
    { ...message, payload },
    nowMs,
    target.consoleUrl,
  );
  const timestampSeconds = Math.floor(nowMs / 1000);
  const secrets = target.secrets.map((secret) => secret.reveal());
  const { messageId: id, topicName: topic, event } = message;
  const signed = signedHeaders(target.signing, secrets, { id, topic, event, attempt, nowMs, body });
  const standard = target.signing.standardSignature
    ? standardSignature({ secrets, id, timestampSeconds, body })
    : "";
  return {
    cacheName: message.cacheName,
    url: target.url,
    headers: {
      ...without(Object.keys(signed), withoutHopHeaders(target.headers)),
      ...signed,
      ...traceHeaders,
      "content-type": contentType,
      "user-agent": userAgent,
      "accept-encoding": "identity",
      "webhook-id": id,
      "webhook-timestamp": String(timestampSeconds),
      [hopHeader]: hopsAfter(message),
      ...(standard !== "" && { "webhook-signature": standard }),
      "momento-signature": momentoSignature(target.secrets[0].reveal(), body),
    },
    body,
    timeoutMs: target.timeoutSeconds * 1000,
  };
}

/** What every request has, whatever its webhook: of HTTP, ours, and those of the standards. */
const usualHeaderNames = [
  ...["host", "connection", "content-length", "content-type", "user-agent", "accept-encoding"],
  ...["webhook-id", "webhook-timestamp", "momento-signature", hopHeader],
];

/** What a webhook says of the headers of its requests, as far as it is known later. */
export interface SentHeaders extends Signing {
  readonly customNames: readonly string[];
  readonly traceNames: readonly string[];
}

/** The names of the headers of a request that was sent at that time. Those that lacked a value are among them. */
export function sentHeaderNames(
  { customNames, traceNames, signatures, metaHeaders, standardSignature }: SentHeaders,
  timeMs: number,
): string[] {
  const signed = [
    ...Object.keys(metaHeaders),
    ...signatures
      .filter((signature) => isInForce(signature, timeMs))
      .flatMap((signature) => headersOfSignature(signature)),
  ];
  const custom = customNames.filter((name) => !posesAsHopHeader(name));
  return [
    ...Object.keys(without(signed, Object.fromEntries(custom.map((name) => [name, ""])))),
    ...signed,
    ...traceNames,
    ...usualHeaderNames,
    ...(standardSignature ? ["webhook-signature"] : []),
  ];
}

/** Where the deployment's signatures set a header that the webhook has too, theirs counts. */
function without(names: readonly string[], headers: CustomHeaders): CustomHeaders {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !taken.has(name.toLowerCase())),
  );
}

/** None can be set any more; one that was set before that must not count. */
function withoutHopHeaders(headers: CustomHeaders): CustomHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !posesAsHopHeader(name)));
}

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
