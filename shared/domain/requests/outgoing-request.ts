import { createHmac } from "node:crypto";
import type { DeliveryJob } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import type { Format } from "../../contract/webhook.ts";
import { hopHeader, hopsAfter, posesAsHopHeader } from "../messages/message-draft.ts";
import type { Secret } from "../webhooks/sealed.ts";
import { renderBody } from "./render.ts";

/** Everything about a webhook that shapes its requests, opened and ready for use. */
export interface Target {
  readonly url: string;
  readonly format: Format;
  readonly timeoutSeconds: number;
  readonly headers: CustomHeaders;
  /** The new secret first; two of them while a rotation's grace lasts. */
  readonly secrets: readonly [Secret, ...Secret[]];
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

/** One attempt as it goes out: the bytes that are signed are the bytes that are sent. */
export function outgoingRequest(
  target: Target,
  message: DeliveryJob["message"],
  payload: Payload,
  nowMs: number,
  traceHeaders: Record<string, string> = {},
): OutgoingRequest {
  const { body, contentType } = renderBody(
    target.format,
    { ...message, payload },
    nowMs,
    target.consoleUrl,
  );
  const timestampSeconds = Math.floor(nowMs / 1000);
  const secrets = target.secrets.map((secret) => secret.reveal());
  return {
    cacheName: message.cacheName,
    url: target.url,
    headers: {
      ...withoutHopHeaders(target.headers),
      ...traceHeaders,
      "content-type": contentType,
      "user-agent": userAgent,
      "accept-encoding": "identity",
      "webhook-id": message.messageId,
      "webhook-timestamp": String(timestampSeconds),
      [hopHeader]: hopsAfter(message),
      "webhook-signature": standardSignature({
        secrets,
        id: message.messageId,
        timestampSeconds,
        body,
      }),
      "momento-signature": momentoSignature(target.secrets[0].reveal(), body),
    },
    body,
    timeoutMs: target.timeoutSeconds * 1000,
  };
}

/** What every request has, whatever its webhook: of HTTP, ours, and those of the standards. */
const usualHeaderNames = [
  ...["host", "connection", "content-length", "content-type", "user-agent", "accept-encoding"],
  ...["webhook-id", "webhook-timestamp", "webhook-signature", "momento-signature", hopHeader],
];

/** The names of the headers of a request that was sent with these custom headers, and these about a trace. */
export function sentHeaderNames(
  customNames: readonly string[],
  traceNames: readonly string[],
): string[] {
  return [
    ...customNames.filter((name) => !posesAsHopHeader(name)),
    ...traceNames,
    ...usualHeaderNames,
  ];
}

/** None can be set any more; one that was set before that must not count. */
function withoutHopHeaders(headers: CustomHeaders): CustomHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !posesAsHopHeader(name)));
}

export interface SignedContent {
  /** The new secret first; two of them while a rotation's grace lasts. */
  secrets: readonly string[];
  /** The messageId: the value of `webhook-id`. */
  id: string;
  timestampSeconds: number;
  body: Uint8Array;
}

/** The value of `webhook-signature` as Standard Webhooks 1.0.0 defines it. */
export function standardSignature({ secrets, id, timestampSeconds, body }: SignedContent): string {
  return secrets
    .map((secret) => {
      const hmac = createHmac("sha256", secretKeyBytes(secret));
      return `v1,${hmac.update(`${id}.${timestampSeconds}.`).update(body).digest("base64")}`;
    })
    .join(" ");
}

/** The value of `momento-signature`: keyed with the secret's text as it stands, prefix included. */
export function momentoSignature(secret: string, body: Uint8Array): string {
  return createHmac("sha3-256", secret).update(body).digest("hex");
}

/** The HMAC key behind the prefix. */
export function secretKeyBytes(secret: string): Buffer {
  return Buffer.from(secret.slice("whsec_".length), "base64");
}
