import * as z from "zod/mini";
import { SecretString } from "../../contract/values/secret.ts";

const prefix = "whsec_";

export function mintSecret(random32: Uint8Array): string {
  if (random32.length !== 32) {
    throw new RangeError(`A webhook secret takes 32 random bytes, not ${random32.length}`);
  }
  return prefix + Buffer.from(random32).toString("base64");
}

/**
 * Only canonical base64: Node's decoder skips what it does not know, other languages' refuse it,
 * and a receiver in such a language could never verify a signature made under that secret.
 */
export function isSecret(text: string): boolean {
  return z.safeParse(SecretString, text).success;
}
