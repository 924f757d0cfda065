import { bytesOf, headerOf, parseJson, type Received } from "./received.ts";
import { VerificationError } from "./verification-error.ts";

export { VerificationError };

export interface VerifyOptions {
  /** The webhook's, `whsec_…`. */
  readonly secret: string;
  /** How far the delivery's time may be from now. */
  readonly toleranceSeconds?: number;
}

/** Reads a body that is genuine; what it throws is thrown. */
type Parse<Payload> = (body: Uint8Array) => Payload;

const defaultToleranceSeconds = 5 * 60;

/**
 * Gives the payload of a delivery with a Standard Webhooks signature, or throws a VerificationError. The
 * payload is the body's JSON unless `parse` reads it otherwise.
 */
export function verify<Payload>(
  received: Received,
  options: VerifyOptions & { readonly parse: Parse<Payload> },
): Promise<Payload>;
export function verify(received: Received, options: VerifyOptions): Promise<unknown>;
export async function verify(
  received: Received,
  {
    secret,
    toleranceSeconds = defaultToleranceSeconds,
    parse = parseJson,
  }: VerifyOptions & { readonly parse?: Parse<unknown> },
): Promise<unknown> {
  const key = keyOf(secret);
  const id = requiredHeader(received, "webhook-id");
  // No id of the service has a dot; with one, a part of the signed body could pose as the timestamp.
  if (id.includes(".")) throw new VerificationError("webhook-id must not contain a dot");
  const timestamp = requiredHeader(received, "webhook-timestamp");
  assertFresh(timestamp, toleranceSeconds);
  const signatures = signaturesOf(requiredHeader(received, "webhook-signature"));

  const body = bytesOf(received);
  const expected = await hmacSha256(key, `${id}.${timestamp}.`, body);
  if (!signatures.some((signature) => equalInConstantTime(signature, expected))) {
    throw new VerificationError("no signature matches the secret");
  }
  return parse(body);
}

function requiredHeader(received: Received, name: string): string {
  const value = headerOf(received, name);
  if (!value) throw new VerificationError(`${name} is missing`);
  return value;
}

/** A wrong secret is the receiver's mistake, not the sender's; an empty one would let anybody sign. */
function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = bytesOfBase64(secret.replace(/^whsec_/, ""));
  if (!key || key.length === 0) throw new TypeError("the secret must be whsec_ and base64");
  return key;
}

function assertFresh(timestamp: string, toleranceSeconds: number): void {
  if (!/^\d{1,15}$/.test(timestamp)) {
    throw new VerificationError("webhook-timestamp must be in whole seconds");
  }
  const ageSeconds = Date.now() / 1000 - Number(timestamp);
  if (ageSeconds > toleranceSeconds) throw new VerificationError("the delivery is too old");
  if (ageSeconds < -toleranceSeconds) {
    throw new VerificationError("the delivery is from the future");
  }
}

/** Several while a secret is being replaced. Other versions may stand beside ours. */
function signaturesOf(header: string): Uint8Array[] {
  return header
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => bytesOfBase64(signature.slice("v1,".length)))
    .filter((signature) => signature !== undefined);
}

/** `crypto.subtle` is what Node and browsers have in common. */
async function hmacSha256(
  key: Uint8Array<ArrayBuffer>,
  prefix: string,
  body: Uint8Array,
): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  const start = new TextEncoder().encode(prefix);
  const content = new Uint8Array(start.length + body.length);
  content.set(start);
  content.set(body, start.length);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, content));
}

/** How long it takes says nothing of where two signatures begin to differ. */
function equalInConstantTime(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  return one.reduce((seen, byte, index) => seen | (byte ^ (other[index] ?? 0)), 0) === 0;
}

function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
