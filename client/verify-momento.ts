import { createHmac, timingSafeEqual } from "node:crypto";
import { bytesOf, headerOf, parseJson, type Received } from "./received.ts";
import { VerificationError } from "./verification-error.ts";

export { VerificationError };

interface MomentoOptions<Payload> {
  /** The webhook's, with its prefix. */
  readonly secret: string;
  readonly parse: (body: Uint8Array) => Payload;
}

/**
 * Gives the payload of a delivery by its `momento-signature`, or throws a VerificationError. For receivers
 * that know no other signature: this one covers no time, so that an old delivery can be sent again by
 * whoever has seen it. Node alone: browsers have no SHA-3.
 */
export function verifyMomento<Payload>(
  received: Received,
  options: MomentoOptions<Payload>,
): Payload;
export function verifyMomento(received: Received, options: { readonly secret: string }): unknown;
export function verifyMomento(
  received: Received,
  { secret, parse = parseJson }: { secret: string; parse?: (body: Uint8Array) => unknown },
): unknown {
  if (secret === "") throw new TypeError("the secret is empty");
  const signature = headerOf(received, "momento-signature");
  if (!signature) throw new VerificationError("momento-signature is missing");
  const body = bytesOf(received);
  const expected = createHmac("sha3-256", secret).update(body).digest();
  const given = Buffer.from(signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new VerificationError("momento-signature does not match the secret");
  }
  return parse(body);
}
