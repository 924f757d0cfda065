import * as z from "zod/mini";

const secretRule = "must be whsec_ and the base64 of 16 to 75 bytes";

/** Four characters for three bytes, without spare bits that are set: other languages' decoders refuse those. */
const base64 =
  "(?:[A-Za-z0-9+/]{4}){5,24}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)";

/** `whsec_` and the canonical base64 of 16 to 75 bytes. */
export const SecretString = z
  .string()
  .check(
    z.regex(new RegExp(`^whsec_${base64}$`), secretRule),
    z.describe(
      "The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes.",
    ),
  );
