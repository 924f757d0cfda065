import type { KeyObject } from "node:crypto";
import type { DeliveryJob } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import { headersOfSignature } from "../../contract/values/signature-recipe.ts";
import type { Format } from "../../contract/values/webhook-values.ts";
import { hopHeader, hopsAfter, posesAsHopHeader } from "../messages/message-draft.ts";
import type { Secret } from "../webhooks/sealed.ts";
import { renderBody } from "./render.ts";
import {
  asymmetricSignature,
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
  /** Of the cache, where the webhook has it sign too: the current one first. */
  readonly signingKeys?: readonly KeyObject[];
  /** The value of `authorization`, where the webhook has auth of its own. */
  readonly authorization?: string | undefined;
  readonly clientIdentity?: ClientIdentity | undefined;
  /** What alerts link to; nothing where there is no console. */
  readonly consoleUrl?: string | undefined;
  /** Says in a header that it is an example of an event, which has not happened. */
  readonly isMarkedAsTest?: boolean | undefined;
}

/** By what a request identifies itself in the TLS handshake. */
export interface ClientIdentity {
  /** Whoever has the same shares connections, and nobody else. */
  readonly id: string;
  readonly certificatePem: string;
  readonly privateKey: Secret;
  /** The authorities that the receiver's certificate must come from; default: the public ones. */
  readonly caPem?: string | undefined;
  readonly expiryTimeMs: number;
}

export interface OutgoingRequest {
  /** Whose it is: what receivers' names cost is bounded for each cache. */
  readonly cacheName: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly timeoutMs: number;
  readonly clientIdentity?: ClientIdentity | undefined;
  /** How much of a good answer's body to keep; default: what a log shows. */
  readonly bytesKept?: number;
}

export const userAgent = "Hookcast/0 (+https://github.com/hookcast/hookcast#readme)";

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
  const content = { id, timestampSeconds, body };
  const standard = [
    target.signing.standardSignature ? standardSignature({ secrets, ...content }) : "",
    asymmetricSignature(target.signingKeys ?? [], content),
  ]
    .filter(Boolean)
    .join(" ");
  const { authorization } = target;
  const own = { ...signed, ...(authorization !== undefined && { authorization }) };
  return {
    cacheName: message.cacheName,
    url: target.url,
    headers: {
      ...without(Object.keys(own), withoutHopHeaders(target.headers)),
      ...own,
      ...traceHeaders,
      "content-type": contentType,
      "user-agent": userAgent,
      "accept-encoding": "identity",
      "webhook-id": id,
      "webhook-timestamp": String(timestampSeconds),
      [hopHeader]: hopsAfter(message),
      ...(target.isMarkedAsTest && { "webhook-test": "true" }),
      ...(standard !== "" && { "webhook-signature": standard }),
      "momento-signature": momentoSignature(target.secrets[0].reveal(), body),
    },
    body,
    timeoutMs: target.timeoutSeconds * 1000,
    ...(target.clientIdentity && { clientIdentity: target.clientIdentity }),
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
  readonly isAuthorized: boolean;
}

/** The names of the headers of a request that was sent at that time. Those that lacked a value are among them. */
export function sentHeaderNames(
  {
    customNames,
    traceNames,
    signatures,
    metaHeaders,
    standardSignature,
    isAuthorized,
  }: SentHeaders,
  timeMs: number,
): string[] {
  const signed = [
    ...Object.keys(metaHeaders),
    ...signatures
      .filter((signature) => isInForce(signature, timeMs))
      .flatMap((signature) => headersOfSignature(signature)),
    ...(isAuthorized ? ["authorization"] : []),
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
