import { maxMessageBytes, type Payload } from "../../contract/message.ts";
import { AppError } from "../app-error.ts";
import { assertReadableCharset, mediaTypeOf } from "../requests/content-headers.ts";

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
