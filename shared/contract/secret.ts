import * as z from "zod/mini";

const secretRule = "must be whsec_ and the base64 of 24 to 64 bytes";

/** `whsec_` and the canonical base64 of 24 to 64 bytes. */
export const SecretString = z
  .string()
  .check(
    z.regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, { error: secretRule, abort: true }),
    z.refine(isCanonicalSecret, secretRule),
    z.describe(
      "The secret that deliveries are signed with: `whsec_` and the base64 of 24 to 64 bytes.",
    ),
  );

/** `btoa` and `atob` rather than Buffer: this file also runs in browsers. */
function isCanonicalSecret(text: string): boolean {
  const encoded = text.slice("whsec_".length);
  if (encoded.length % 4 !== 0) return false;
  const bytes = atob(encoded);
  return btoa(bytes) === encoded && bytes.length >= 24 && bytes.length <= 64;
}
