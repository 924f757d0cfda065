import type { Transform } from "node:stream";
import { isoTime } from "../contract/values/time.ts";
import { bodyRetryAfter } from "../domain/attempts/retry-after.ts";
import type { Outcome } from "../domain/attempts/retry-schedule.ts";
import type { ClientIdentity } from "../domain/requests/outgoing-request.ts";
import { maskUrl, shownHeaders } from "../domain/webhooks/masking.ts";
import { tooLongCode } from "./connections.ts";
import { refusedAddressCode } from "./dns/names.ts";
import { DnsFailure } from "./dns/query-name.ts";
import { describeTls, isTlsCode } from "./tls-errors.ts";

const maxLocationCharacters = 256;

export interface ShownAnswer {
  readonly outcome: Outcome;
  readonly responseBody: string;
  /** Of a failure alone. */
  readonly responseHeaders?: Record<string, string>;
}

/** What an answer says, and what of it is shown in the log. */
export async function answerOutcome(
  { statusCode, headers, body }: WebhookResponse,
  url: string,
  bytesKept = maxBytesKept,
): Promise<ShownAnswer> {
  const isSuccess = statusCode >= 200 && statusCode <= 299;
  // Of a success next to nothing is shown: it is not worth inflating.
  const encoding = isSuccess ? undefined : headers["content-encoding"];
  const responseBody = await bodyText(body, headers["content-type"], encoding, bytesKept);
  const outcome: Outcome = {
    kind: "answer",
    statusCode,
    headers: {
      retryAfter: headers["retry-after"],
      retryAfterInBody: statusCode === 429 ? bodyRetryAfter(responseBody) : undefined,
      webhookDelivery: headers["webhook-delivery"],
      location: isRedirect(statusCode) ? shownLocation(headers.location, url) : undefined,
    },
  };
  if (isSuccess) return { outcome, responseBody };
  return { outcome, responseBody, responseHeaders: shownHeaders(headers, url) };
}

function isRedirect(statusCode: number): boolean {
  return statusCode >= 300 && statusCode <= 399;
}

/** Without what may be secret: a user, a password, the query, and the path as far as it is masked in a webhook's URL. */
function shownLocation(location: string | undefined, url: string): string | undefined {
  const target = location === undefined ? null : URL.parse(location, url);
  if (!target || !/^https?:$/.test(target.protocol)) return undefined;
  return maskUrl(`${target.origin}${target.pathname}`).slice(0, maxLocationCharacters);
}

/** What a receiver said: its status counts, the rest is for the log and for when to try again. */
export interface WebhookResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string | undefined>;
  /** The beginning of the body, as it came. */
  readonly body: Buffer;
}

/** What is kept of a body, and what of one that has yet to be inflated. */
export const maxBytesKept = 2_048;
export const maxEncodedBytesKept = 16_384;

/** The beginning of a body as text, for the log: inflated if need be, in the charset that it claims to have. */
async function bodyText(
  bytes: Buffer,
  contentType: string | undefined,
  encoding: string | undefined,
  bytesKept: number,
): Promise<string> {
  if (bytes.length === 0) return "";
  const plain = encoding ? await inflated(bytes, encoding.trim().toLowerCase()) : bytes;
  const shown = plain.subarray(0, bytesKept);
  // `stream` holds back a character whose bytes were cut in two.
  return decoderFor(contentType).decode(shown, { stream: true });
}

function decoderFor(contentType = "") {
  const [, charset = "utf-8"] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** At most what is kept; what cannot be inflated is left as it came. */
async function inflated(bytes: Buffer, encoding: string): Promise<Buffer> {
  const stream = await inflaterFor(encoding, bytes[0] ?? 0);
  if (!stream) return bytes;
  const parts: Buffer[] = [];
  let length = 0;
  try {
    stream.end(bytes);
    for await (const part of stream) {
      parts.push(part);
      length += part.length;
      if (length >= maxBytesKept) break;
    }
  } catch {
    // Cut off or broken: what came before is worth showing.
  }
  return length === 0 ? bytes : Buffer.concat(parts);
}

/** Loaded only now: hardly any receiver compresses what nobody asked it to. */
async function inflaterFor(encoding: string, firstByte: number): Promise<Transform | undefined> {
  const zlib = await import("node:zlib");
  const options = { chunkSize: maxBytesKept, finishFlush: zlib.constants.Z_SYNC_FLUSH };
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return zlib.createGunzip(options);
    case "deflate": // some send it without the wrapper that it should have
      return (firstByte & 0x0f) === 8
        ? zlib.createInflate(options)
        : zlib.createInflateRaw(options);
    case "br": {
      const finishFlush = zlib.constants.BROTLI_OPERATION_FLUSH;
      return zlib.createBrotliDecompress({ chunkSize: maxBytesKept, finishFlush });
    }
    default:
      return undefined;
  }
}

const known: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  EADDRNOTAVAIL: "network unreachable",
  ETIMEDOUT: "connection timed out",
  ERR_SOCKET_CONNECTION_TIMEOUT: "connection timed out",
  [tooLongCode]: "answer with too many bytes before its status",
  HPE_HEADER_OVERFLOW: "answer with too many headers",
};

/** What of an answer could not be parsed. */
const unparsed: Record<string, string> = {
  HPE_INVALID_CONSTANT: "bad status line",
  HPE_INVALID_VERSION: "bad version",
  HPE_INVALID_STATUS: "bad status",
  HPE_INVALID_HEADER_TOKEN: "bad header name",
  HPE_INVALID_CONTENT_LENGTH: "bad content-length",
  HPE_UNEXPECTED_CONTENT_LENGTH: "several content-lengths",
  HPE_INVALID_TRANSFER_ENCODING: "bad transfer-encoding",
  HPE_INVALID_EOF_STATE: "it ends in its head",
  HPE_LF_EXPECTED: "a line without its end",
  HPE_CR_EXPECTED: "a line without its end",
};

/**
 * What an error of the HTTP client says of the attempt. Only our own words and the error's code are
 * kept: its message may quote the receiver.
 */
export function outcomeOfError(error: unknown, timeoutMs: number): Outcome {
  const causes = causesOf(error);
  const late = causes.find(({ name }) => name === "TimeoutError");
  if (late) {
    const error = `no full answer within ${timeoutMs / 1000} s`;
    return { kind: "unreachable", error, isTimeout: true };
  }
  const dns = causes.find((cause) => cause instanceof DnsFailure);
  if (dns) {
    const { message, isTimeout } = dns;
    return { kind: "unreachable", error: message, ...(isTimeout && { isTimeout }) };
  }
  if (causes.some((cause) => codeOf(cause) === refusedAddressCode)) {
    return { kind: "refused", error: "the name resolves to an address that is not allowed" };
  }
  const kinds = new Set(causes.map(describe));
  return { kind: "unreachable", error: [...kinds].join("; ") || "the request failed" };
}

const cut = "connection closed before the answer was complete";

/** How receivers say over TLS 1.2 that they miss a client certificate: they have no word for it. */
const mayMissCertificate = /^TLS: the receiver refuses the (handshake|client certificate) /;

/** The same with what may be why: a client certificate, or none. Some receivers close the connection without a word. */
export function outcomeWithIdentity(
  outcome: Outcome,
  identity: ClientIdentity | undefined,
  nowMs: number,
): Outcome {
  if (outcome.kind !== "unreachable" || outcome.isTimeout) return outcome;
  const { error } = outcome;
  if (!identity) {
    if (!mayMissCertificate.test(error)) return outcome;
    return { ...outcome, error: `${error}; the webhook has no client certificate` };
  }
  if (identity.expiryTimeMs <= nowMs) {
    const expired = `the client certificate expired at ${isoTime(identity.expiryTimeMs)}`;
    return { ...outcome, error: `${error}; ${expired}` };
  }
  if (error !== cut && error !== known.ECONNRESET) return outcome;
  return { ...outcome, error: `${error}; the receiver may refuse the client certificate` };
}

/** What is behind an error: one for each address that was tried. */
function causesOf(error: unknown): Error[] {
  if (error instanceof AggregateError) return error.errors.flatMap(causesOf);
  if (!(error instanceof Error)) return [];
  if (codeOf(error) === "" && error.cause !== undefined) return causesOf(error.cause);
  return [error];
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function describe(error: Error): string {
  const code = codeOf(error);
  // Node has one code for both, but a reset comes from a system call.
  if (code === "ECONNRESET" && error.message === "socket hang up") {
    return cut;
  }
  const said = known[code];
  if (said) return said;
  if (code.startsWith("HPE_")) return `the answer is not HTTP: ${unparsed[code] ?? code}`;
  if (isTlsCode(code)) return describeTls(code, error.message);
  return code === "" ? "the request failed" : `the request failed (${code})`;
}
