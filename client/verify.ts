import { bytesOf, headerOf, parseJson, type Received } from "./received.ts";
import { VerificationError } from "./verification-error.ts";

export { VerificationError };

/** What a delivery is verified with: the webhook's secret, or public keys of its cache. */
type VerificationKey =
  | {
      /** The webhook's, `whsec_…`. */
      readonly secret: string;
      readonly publicKey?: undefined;
    }
  | {
      readonly secret?: undefined;
      /** The cache's, `whpk_…`: for webhooks with `config.asymmetric`. Several while a key is being replaced. */
      readonly publicKey: string | readonly string[];
    };

export type VerifyOptions = VerificationKey & {
  /** How far the delivery's time may be from now. */
  readonly toleranceSeconds?: number;
};

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
    toleranceSeconds = defaultToleranceSeconds,
    parse = parseJson,
    ...key
  }: VerifyOptions & { readonly parse?: Parse<unknown> },
): Promise<unknown> {
  const isSignedBy = verifierOf(key);
  const id = requiredHeader(received, "webhook-id");
  // No id of the service has a dot; with one, a part of the signed body could pose as the timestamp.
  if (id.includes(".")) throw new VerificationError("webhook-id must not contain a dot");
  const timestamp = requiredHeader(received, "webhook-timestamp");
  assertFresh(timestamp, toleranceSeconds);
  const header = requiredHeader(received, "webhook-signature");

  const body = bytesOf(received);
  if (!(await isSignedBy(header, joined(`${id}.${timestamp}.`, body)))) {
    const what = key.secret === undefined ? "a public key" : "the secret";
    throw new VerificationError(`no signature matches ${what}`);
  }
  return parse(body);
}

/** Whether one of the header's signatures is of the content. */
type Verifier = (header: string, content: Uint8Array<ArrayBuffer>) => Promise<boolean>;

function verifierOf({ secret, publicKey }: VerificationKey): Verifier {
  if (secret !== undefined && publicKey !== undefined) {
    throw new TypeError("give the secret or public keys, not both");
  }
  return publicKey === undefined ? bySecret(keyOf(secret)) : byPublicKeys(publicKeysOf(publicKey));
}

function bySecret(key: Uint8Array<ArrayBuffer>): Verifier {
  return async (header, content) => {
    const expected = await hmacSha256(key, content);
    return signaturesOf(header, "v1,").some((one) => equalInConstantTime(one, expected));
  };
}

function byPublicKeys(keys: readonly Uint8Array<ArrayBuffer>[]): Verifier {
  return async (header, content) => {
    const imported = await Promise.all(
      keys.map((key) => crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"])),
    );
    const verdicts = signaturesOf(header, "v1a,")
      .slice(0, maxSignatures)
      .flatMap((signature) =>
        imported.map((key) => crypto.subtle.verify("Ed25519", key, signature, content)),
      );
    return (await Promise.all(verdicts)).includes(true);
  };
}

/** A sender who is nobody must not choose how much there is to compute. */
const maxSignatures = 8;

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

function publicKeysOf(given: string | readonly string[]): Uint8Array<ArrayBuffer>[] {
  const texts = typeof given === "string" ? [given] : given;
  if (texts.length === 0) throw new TypeError("there is no public key");
  return texts.map((text) => {
    const key = text.startsWith("whpk_") ? bytesOfBase64(text.slice("whpk_".length)) : undefined;
    if (key?.length === 32) return key;
    throw new TypeError("a public key must be whpk_ and the base64 of 32 bytes");
  });
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
function signaturesOf(header: string, version: "v1," | "v1a,"): Uint8Array<ArrayBuffer>[] {
  return header
    .split(" ")
    .filter((signature) => signature.startsWith(version))
    .map((signature) => bytesOfBase64(signature.slice(version.length)))
    .filter((signature) => signature !== undefined);
}

/** `crypto.subtle` is what Node and browsers have in common. */
async function hmacSha256(
  key: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, content));
}

function joined(prefix: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = new TextEncoder().encode(prefix);
  const content = new Uint8Array(start.length + body.length);
  content.set(start);
  content.set(body, start.length);
  return content;
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
