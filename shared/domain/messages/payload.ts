import type { ErrorDetail } from "../../contract/errors.ts";
import { maxMessageBytes, type Payload } from "../../contract/message.ts";
import { AppError } from "../app-error.ts";

/** A byte order mark is part of the value: it is kept, and so refused where JSON is expected. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Takes a published body for what its content type says. The bytes of a payload are those of the body:
 * JSON is checked but never written anew.
 */
export function readPayload(
  contentType: string | undefined,
  body: Buffer,
  { isRaw = false }: { isRaw?: boolean | undefined } = {},
): Payload {
  assertSize(body.length);
  const kind = kindOf(mediaTypeOf(contentType, isRaw));
  if (kind === "binary") return { kind, base64: body.toString("base64") };
  assertReadableCharset(contentType);
  const text = decode(body);
  if (kind === "json") assertJson(text);
  return { kind, text };
}

/** The same for an entry of a batch, whose JSON value is given as the text that it was written in. */
export function readEntry(
  { text, binary }: { text?: string | undefined; binary?: string | undefined },
  valueText: string | undefined,
): { payload: Payload; contentType: string } {
  if (text !== undefined) {
    if (!text.isWellFormed()) throw badField("text", "must not hold lone surrogates");
    assertSize(Buffer.byteLength(text));
    return { payload: { kind: "text", text }, contentType: "text/plain; charset=utf-8" };
  }
  if (binary !== undefined) {
    assertSize(Buffer.byteLength(binary, "base64"));
    const payload = { kind: "binary", base64: binary } as const;
    return { payload, contentType: "application/octet-stream" };
  }
  const json = valueText ?? "null";
  assertSize(Buffer.byteLength(json));
  return { payload: { kind: "json", text: json }, contentType: "application/json" };
}

export function payloadBytes(payload: Payload): Buffer {
  return payload.kind === "binary"
    ? Buffer.from(payload.base64, "base64")
    : Buffer.from(payload.text, "utf8");
}

export function payloadFrom(kind: Payload["kind"], bytes: Buffer): Payload {
  return kind === "binary"
    ? { kind, base64: bytes.toString("base64") }
    : { kind, text: bytes.toString("utf8") };
}

/** What a value is by its content type, however that is spelled. */
export function payloadKind(contentType: string): Payload["kind"] {
  return kindOf(contentType.split(";")[0]?.trim().toLowerCase() ?? "");
}

function kindOf(type: string): Payload["kind"] {
  if (type === "application/json" || type.endsWith("+json")) return "json";
  return type.startsWith("text/") ? "text" : "binary";
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw badField("body", "must be UTF-8", cause);
  }
}

function assertJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw badField("body", "must be JSON, as its content type says", cause);
  }
}

function badField(path: string, message: string, cause?: unknown): AppError {
  const details = [{ path, message }];
  return new AppError("INVALID_ARGUMENT_ERROR", `${path} ${message}`, { details, cause });
}

function assertSize(bytes: number): void {
  if (bytes <= maxMessageBytes) return;
  throw new AppError("PAYLOAD_TOO_LARGE_ERROR", `a message has at most ${maxMessageBytes} bytes`);
}

/** RFC 9110, section 5.6.2, without the `*` of a range, which names no type. */
const mediaType = /^[!#$%&'+\-.^_`|~0-9a-z]+\/[!#$%&'+\-.^_`|~0-9a-z]+$/;
const form = "application/x-www-form-urlencoded";

/** A 415: the body cannot be taken for what its headers say. */
export function unknownContent(
  message: string,
  details: readonly ErrorDetail[],
  headers?: Record<string, string>,
): AppError {
  return new AppError("INVALID_ARGUMENT_ERROR", message, { status: 415, details, headers });
}

/** The media type of a value, or a 415. Many clients say that it is a form unasked, so that must be meant. */
function mediaTypeOf(contentType: string | undefined, isRaw: boolean): string {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (mediaType.test(type) && (type !== form || isRaw)) return type;
  const hint =
    "say what the value is: content-type: application/json, text/plain or application/octet-stream";
  throw unknownContent(hint, [
    { path: "content-type", message: "must name the type of the value" },
  ]);
}

/** Refuses text in another encoding than UTF-8: taken for UTF-8 it would be mangled. */
export function assertReadableCharset(contentType: string | undefined): void {
  const charsets = (contentType ?? "").matchAll(/;\s*charset\s*=\s*"?([^";]*)/gi);
  const isOurs = (charset: string) => /^(utf-?8|us-ascii)$/i.test(charset.trim());
  if ([...charsets].every(([, charset = ""]) => isOurs(charset))) return;
  const message = "must not name a charset other than utf-8";
  throw unknownContent(`content-type ${message}`, [{ path: "content-type", message }]);
}

/** Refuses a body that is compressed, and says what would be taken. */
export function assertNotEncoded(contentEncoding: string | undefined): void {
  const codings = (contentEncoding ?? "").toLowerCase().split(",");
  if (codings.every((coding) => ["", "identity"].includes(coding.trim()))) return;
  const message = "must be identity: the body is taken as it is, not inflated";
  const details = [{ path: "content-encoding", message }];
  throw unknownContent(`content-encoding ${message}`, details, { "accept-encoding": "identity" });
}

/** SQS bills chunks of 64 KiB; what is left of one beside the value is room for names and ids. */
const maxInlineBytes = 60 * 1024;

/** Whether a value travels in the queue message; a longer one is stored once and carried by reference. */
export function fitsInline(payload: Payload): boolean {
  const longest = payload.kind === "binary" ? payload.base64.length : payload.text.length;
  if (longest > maxInlineBytes) return false;
  return Buffer.byteLength(JSON.stringify(payload)) <= maxInlineBytes;
}

/**
 * Writes `{"name":value,…}` from values that are JSON texts already. Splicing is the point: parsing
 * and writing again would change 64-bit integers, spacing, repeated and `__proto__` keys.
 */
export function jsonObject(members: Record<string, string>): string {
  const written = Object.entries(members).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return `{${written.join(",")}}`;
}

/** The payload as one JSON value: JSON as its own text, text as a string, binary as base64. */
export function jsonValueOf(payload: Payload): string {
  switch (payload.kind) {
    case "json":
      return payload.text;
    case "text":
      return JSON.stringify(payload.text);
    case "binary":
      return JSON.stringify(payload.base64);
  }
}
