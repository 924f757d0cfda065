import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import * as z from "zod/mini";

/**
 * The ed25519 key pairs of a cache as they are stored: the one that signs, and while a rotation's grace lasts the one
 * before it. Private keys are sealed, public ones are the base64 of their 32 bytes.
 */
export const SigningKeysRecord = z.object({
  v: z.literal(1),
  cacheName: z.string(),
  publicKey: z.string(),
  sealedPrivateKey: z.string(),
  createdTimeMs: z.int(),
  previousPublicKey: z.optional(z.string()),
  sealedPreviousPrivateKey: z.optional(z.string()),
  /** Until when deliveries also carry a signature of the previous key; epoch milliseconds. */
  previousUntilMs: z.optional(z.int()),
});
export type SigningKeysRecord = z.infer<typeof SigningKeysRecord>;

export interface KeyPair {
  /** The base64 of its 32 bytes. */
  readonly publicKey: string;
  /** The base64 of the 32 bytes that the pair is made of. */
  readonly privateKey: string;
}

export function mintKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { x = "", d = "" } = privateKey.export({ format: "jwk" });
  return { publicKey: base64(x), privateKey: base64(d) };
}

/** What signs, from the bytes of a pair. */
export function signingKey({ publicKey, privateKey }: KeyPair): KeyObject {
  const key = { kty: "OKP", crv: "Ed25519", x: base64url(publicKey), d: base64url(privateKey) };
  return createPrivateKey({ key, format: "jwk" });
}

export function isPreviousInForce(
  { previousUntilMs = 0 }: SigningKeysRecord,
  nowMs: number,
): boolean {
  return nowMs < previousUntilMs;
}

function base64(text: string): string {
  return Buffer.from(text, "base64url").toString("base64");
}

export function base64url(text: string): string {
  return Buffer.from(text, "base64").toString("base64url");
}
